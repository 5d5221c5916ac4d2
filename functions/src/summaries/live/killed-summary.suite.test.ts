import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { messageRecord, startCall } from '../../conversations/testing/calls.ts'
import { type LiveServer, startLiveServer } from '../../conversations/testing/live-server.ts'

const WORKER = fileURLToPath(new URL('../testing/killable-worker.ts', import.meta.url))

let server: LiveServer
const children: ChildProcess[] = []
beforeEach(async () => {
  server = await startLiveServer(() => [])
})
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  await server.close()
})

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as AddressInfo
  probe.close()
  await once(probe, 'close')
  return port
}

/** Lines of the process so far. */
async function startWorker(env: NodeJS.ProcessEnv): Promise<{ child: ChildProcess; lines: string[] }> {
  const child = spawn(process.execPath, [WORKER], {
    env: { ...process.env, ...env, WORKER_CONFIG: JSON.stringify(server.deps.config) },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  children.push(child)
  const lines: string[] = []
  createInterface({ input: child.stdout }).on('line', (line) => lines.push(line))
  await expect.poll(() => lines, { timeout: 60_000 }).toContain('ready')
  return { child, lines }
}

test('a handler that is killed in the middle leaves one summary, made by the next attempt', async () => {
  const { conversationId } = await startCall(server, { messages: { m1: messageRecord('Fire in hall 4') } })
  const WORKER_PORT = String(await freePort())
  const first = await startWorker({ WORKER_PORT, STAND_STILL: '1' })
  await server.deps.tasks.enqueue('summarizeCall', { key: 'k', data: { conversation_id: conversationId } })
  await expect.poll(() => first.lines).toContain('asked')
  first.child.kill('SIGKILL')
  await once(first.child, 'exit')
  const second = await startWorker({ WORKER_PORT })

  const summary = server.deps.writes.ref(`live_summaries/${conversationId}`)
  await expect
    .poll(async () => (await summary.get()).val(), { timeout: 40_000 })
    .toMatchObject({ covers_up_to: 'm1', covers_count: 1 })
  const work = server.deps.writes.ref('summary_work')
  await expect.poll(async () => (await work.get()).val()).toBeNull()
  // What it says arrives by another way than what it writes.
  await expect.poll(() => second.lines.filter((line) => line === 'asked')).toHaveLength(1)
}, 150_000)
