import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { get, ref, set, setWithPriority } from 'firebase/database'
import { expect, onTestFinished, test } from 'vitest'

import { startDatabaseServer } from '../server.ts'
import { connectClient, startTestDatabase, uploadRules } from '../testing/database.ts'
import { temporaryFolder } from '../testing/folder.ts'

const cli = join(import.meta.dirname, '../cli.ts')

test('data and its namespaces are there after a restart', async () => {
  const dataDir = temporaryFolder()
  const first = await startDatabaseServer({ port: 0, project: 'demo-test', dataDir })
  await setWithPriority(ref(connectClient(first, { namespace: 'one' }), 'a'), { b: 1 }, 7)
  await set(ref(connectClient(first, { namespace: 'two' }), 'a'), 'two')
  await first.close()
  const second = await startTestDatabase({ dataDir })
  const one = await get(ref(connectClient(second, { namespace: 'one' }), 'a'))
  expect([one.val(), one.priority]).toEqual([{ b: 1 }, 7])
  expect((await get(ref(connectClient(second, { namespace: 'two' })))).val()).toEqual({ a: 'two' })
})

test('rules are in force after a restart, and open ones stay open', async () => {
  const dataDir = temporaryFolder()
  const first = await startDatabaseServer({ port: 0, project: 'demo-test', dataDir })
  const rules = { a: { '.read': true } }
  await uploadRules(first, rules)
  await set(ref(connectClient(first, { namespace: 'open' }), 'b'), 1)
  await first.close()
  const second = await startTestDatabase({ dataDir })
  const database = connectClient(second)
  expect((await get(ref(database, 'a'))).val()).toBeNull()
  await expect(get(ref(database, 'b'))).rejects.toThrow('Permission denied')
  expect((await get(ref(connectClient(second, { namespace: 'open' }), 'b'))).val()).toBe(1)
})

test('every acknowledged write survives the killing of the process', async () => {
  const dataDir = temporaryFolder()
  const child = spawn(process.execPath, [cli, '--port', '0', '--data-dir', dataDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  const [line] = (await once(child.stdout, 'data')) as [Buffer]
  const database = connectClient({ port: Number(/:(\d+)\n$/.exec(line.toString())?.[1]) })
  const acknowledged: number[] = []
  let next = 0
  const writeOn = async (): Promise<void> => {
    for (;;) {
      const count = next
      next += 1
      await set(ref(database, `n/k${count}`), 'x'.repeat(count % 300))
      acknowledged.push(count)
      if (acknowledged.length === 1500) child.kill('SIGKILL')
    }
  }
  // The writers that wait for an answer when the process dies wait for ever.
  for (let writer = 0; writer < 100; writer += 1) void writeOn()
  await once(child, 'exit')
  expect(acknowledged.length).toBeGreaterThanOrEqual(1500)
  const server = await startTestDatabase({ dataDir })
  const stored = await get(ref(connectClient(server), 'n'))
  const lost = acknowledged.filter((count) => stored.child(`k${count}`).val() !== 'x'.repeat(count % 300))
  expect(lost).toEqual([])
})

test('a folder serves one process at a time, and a lock left by a dead one is taken over', async () => {
  const dataDir = temporaryFolder()
  writeFileSync(join(dataDir, 'lock'), String(process.ppid))
  await expect(startDatabaseServer({ port: 0, project: 'demo-test', dataDir })).rejects.toThrow(
    'in use by process',
  )
  writeFileSync(join(dataDir, 'lock'), '999999999')
  const server = await startDatabaseServer({ port: 0, project: 'demo-test', dataDir })
  await server.close()
  expect(readdirSync(dataDir)).toEqual([])
})

test('a port that is taken is told, and the folder is free again', async () => {
  const dataDir = temporaryFolder()
  const { port } = await startTestDatabase()
  await expect(startDatabaseServer({ port, project: 'demo-test', dataDir })).rejects.toThrow('EADDRINUSE')
  expect(readdirSync(dataDir)).toEqual([])
})
