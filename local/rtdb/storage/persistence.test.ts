import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { get, ref, set, setWithPriority } from 'firebase/database'
import { expect, onTestFinished, test } from 'vitest'

import { startDatabaseServer } from '../server.ts'
import { connectClient, startTestDatabase } from '../testing/database.ts'
import { temporaryFolder } from '../testing/folder.ts'

const crashWriter = join(import.meta.dirname, '../testing/crash-writer.ts')

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

test('every acknowledged write survives the killing of the process', { timeout: 30_000 }, async () => {
  const dataDir = temporaryFolder()
  const child = spawn(process.execPath, [crashWriter, dataDir], { stdio: ['ignore', 'pipe', 'inherit'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  const [line] = (await once(child.stdout, 'data')) as [Buffer]
  const database = connectClient({ port: Number(line.toString()) })
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
