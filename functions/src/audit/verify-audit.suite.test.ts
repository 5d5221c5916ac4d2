import { afterAll, beforeEach, expect, test } from 'vitest'
import { createDeps, type Deps } from '../deps.ts'
import { digestOfJson } from '../platform/canonical-json.ts'
import { suiteHosts } from '../platform/testing/suite-hosts.ts'
import { testConfig } from '../platform/testing/test-config.ts'
import { auditCollection, createAuditLog, writersCollection } from './audit-log.ts'
import type { AuditEvent } from './audit.ts'
import { verifyAudit } from './verify-audit.ts'

/** Each test has a project of its own, and so a log of its own. */
let deps: Deps
const opened: Deps[] = []
beforeEach(() => {
  deps = createDeps(testConfig(suiteHosts()))
  opened.push(deps)
})
afterAll(() => Promise.all(opened.map((each) => each.close())))

const event = (n: number, key?: string): AuditEvent => ({
  actor: { uid: 'ben', role: 'agent' },
  action: 'conversation.read',
  outcome: 'allowed',
  company_id: 'c_acme',
  conversation_id: `conv_${n}`,
  call_id: null,
  ...(key !== undefined && { key }),
})

/** The log as one process, or several, have written it: two batches of three, of which one is keyed. */
async function write(processes = 1): Promise<void> {
  for (let process = 0; process < processes; process += 1) {
    const log = createAuditLog(deps)
    for (const n of [1, 2, 3]) log.record(event(n))
    await log.flush()
    for (const n of [4, 5, 6]) log.record(event(n, `${process} ${n}`))
    await log.close()
  }
}

async function entry(sequence: number) {
  const { docs } = await auditCollection(deps.firestore).get()
  const found = docs.find((each) => each.get('sequence') === sequence)
  if (found === undefined) throw new Error(`there is no entry ${sequence}`)
  return found
}

const faults = async () =>
  (await verifyAudit(deps.firestore)).faults.map(({ writer: _writer, ...rest }) => rest)

test('a log as it was written is whole, of several processes too', async () => {
  await write(3)
  expect(await verifyAudit(deps.firestore)).toEqual({ chains: 3, entries: 18, faults: [] })
})

test('an entry that was changed is named, also when its digest was made anew', async () => {
  await write()
  const found = await entry(2)
  await found.ref.update({ outcome: 'denied' })
  expect(await faults()).toEqual([{ fault: 'changed', id: found.id }])

  const { digest: _digest, ...changed } = (await found.ref.get()).data() ?? {}
  await found.ref.update({ digest: digestOfJson(changed) })
  expect(await faults()).toEqual([{ fault: 'changed', id: found.id }])
})

test('the last entry changed with a new digest is named', async () => {
  await write()
  const found = await entry(6)
  const { digest: _digest, ...before } = found.data()
  const changed = { ...before, outcome: 'denied' }
  await found.ref.set({ ...changed, digest: digestOfJson(changed) })
  expect(await faults()).toEqual([{ fault: 'changed', id: found.id }])
})

test('entries that are missing are named by their places', async () => {
  await write()
  for (const sequence of [1, 3, 4]) await (await entry(sequence)).ref.delete()
  expect(await faults()).toEqual([
    { fault: 'missing', from: 1, to: 1 },
    { fault: 'missing', from: 3, to: 4 },
  ])
})

test('an end that was cut off is named, and a chain of which everything is gone', async () => {
  await write()
  for (const sequence of [5, 6]) await (await entry(sequence)).ref.delete()
  expect(await faults()).toEqual([{ fault: 'cut-off', from: 5, to: 6 }])
  for (const sequence of [1, 2, 3, 4]) await (await entry(sequence)).ref.delete()
  expect(await faults()).toEqual([{ fault: 'cut-off', from: 1, to: 6 }])
})

test('a chain whose end stands nowhere is not taken for whole', async () => {
  await write()
  const { docs } = await writersCollection(deps.firestore).get()
  for (const { ref } of docs) await ref.delete()
  expect(await faults()).toEqual([{ fault: 'no-end' }])
})

test('what waits is written before the process ends, and once', async () => {
  const log = createAuditLog(deps, { gatherMs: 3_600_000 })
  for (const n of [1, 2, 3]) log.record(event(n))
  expect((await verifyAudit(deps.firestore)).entries).toBe(0)
  await log.close()
  await log.close()
  expect(await verifyAudit(deps.firestore)).toEqual({ chains: 1, entries: 3, faults: [] })
})

test('when too much waits nothing more is taken, until it could be written', async () => {
  const log = createAuditLog(deps, { gatherMs: 3_600_000, maxWaiting: 2 })
  log.record(event(1))
  log.record(event(2))
  expect(() => log.record(event(3))).toThrow(expect.objectContaining({ code: 'unavailable' }))
  await expect(log.commit(event(4))).rejects.toMatchObject({ code: 'unavailable' })
  await log.flush()
  log.record(event(5))
  await log.close()
  expect((await verifyAudit(deps.firestore)).entries).toBe(3)
})

test('a reading that could not be noted has not begun, and one that was noted goes on although too much waits', async () => {
  const before = (await verifyAudit(deps.firestore)).entries
  const log = createAuditLog(deps, { gatherMs: 3_600_000, maxWaiting: 1 })
  const reading = (n: number) => ({ ...event(n), lastsMs: 60_000 })
  log.record(reading(61))
  log.record(reading(61))
  expect(() => log.record(reading(62))).toThrow(expect.objectContaining({ code: 'unavailable' }))
  await log.flush()
  log.record(reading(62))
  await log.close()
  expect((await verifyAudit(deps.firestore)).entries - before).toBe(2)
})
