import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterEach, expect, inject, test } from 'vitest'
import { WebSocket } from 'ws'

const ENTRY = fileURLToPath(new URL('gateway.ts', import.meta.url))
const running = new Set<ChildProcess>()
afterEach(() => {
  for (const child of running) child.kill('SIGKILL')
})

interface Gateway {
  child: ChildProcess
  /** Everything it has written so far, a line each. */
  lines: string[]
  exited: Promise<number | null>
  /** The next line that holds `text`, parsed; `undefined` when it ends first. */
  line(text: string): Promise<Record<string, unknown> | undefined>
}

function startGateway(env: Record<string, string | undefined> = {}): Gateway {
  const { authHost, databaseHost, firestoreHost } = inject('suite')
  const child = spawn(process.execPath, [ENTRY], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env.PATH,
      GCLOUD_PROJECT: 'demo-gateway',
      JWT_SECRET: 's'.repeat(32),
      FIREBASE_AUTH_EMULATOR_HOST: authHost,
      FIREBASE_DATABASE_EMULATOR_HOST: databaseHost,
      FIRESTORE_EMULATOR_HOST: firestoreHost,
      PORT: '0',
      ...env,
    },
  })
  running.add(child)
  const lines: string[] = []
  const waiting = new Set<() => void>()
  const wake = () => {
    for (const look of waiting) look()
  }
  for (const output of [child.stdout, child.stderr]) {
    if (!output) continue
    createInterface(output).on('line', (line) => {
      lines.push(line)
      wake()
    })
  }
  let isOver = false
  const exited = once(child, 'close').then(([code]) => {
    isOver = true
    running.delete(child)
    wake()
    return code as number | null
  })
  return {
    child,
    lines,
    exited,
    async line(text) {
      const { promise, resolve } = Promise.withResolvers<string | undefined>()
      const look = () => {
        const found = lines.find((line) => line.includes(text))
        if (found !== undefined || isOver) resolve(found)
      }
      waiting.add(look)
      look()
      const found = await promise
      waiting.delete(look)
      return found === undefined ? undefined : (JSON.parse(found) as Record<string, unknown>)
    },
  }
}

test('serves the app, writes nothing but lines of JSON, and ends cleanly on SIGTERM', async () => {
  const gateway = startGateway()
  const { port } = (await gateway.line('"listening"')) ?? {}
  const health = async (): Promise<unknown> =>
    (await fetch(`http://127.0.0.1:${String(port)}/healthz`)).json()
  // Its first connections may take longer than it gives the databases.
  await expect.poll(health).toMatchObject({ status: 'ok' })
  // The reply reaches us before the gateway knows that it has.
  await gateway.line('"request"')
  gateway.child.kill('SIGTERM')
  expect(await gateway.exited).toBe(0)
  const messages = new Set(gateway.lines.map((line) => (JSON.parse(line) as { message: string }).message))
  messages.delete('database does not answer')
  // It would also say so if it had waited for anything until its time was up.
  expect([...messages]).toEqual(['listening', 'request', 'stopping', 'stopped'])
})

test('stops accepting at once, but lets a request in flight finish', async () => {
  const gateway = startGateway()
  const { port } = (await gateway.line('"listening"')) ?? {}
  const base = `http://127.0.0.1:${String(port)}`
  // The body is held back, so the request is in flight for as long as we like, from when its head is answered.
  const headers = { 'content-type': 'application/json', expect: '100-continue' }
  const login = request(`${base}/api/auth/login`, { method: 'POST', headers })
  const answered = once(login, 'response')
  login.flushHeaders()
  await once(login, 'continue')
  gateway.child.kill('SIGTERM')
  await gateway.line('"stopping"')
  await expect(fetch(`${base}/api/config`)).rejects.toThrow('fetch failed')
  login.end('{"email":"ava@acme.example"}')
  const [reply] = (await answered) as [IncomingMessage]
  expect(reply.resume().statusCode).toBe(400)
  expect(await gateway.exited).toBe(0)
})

test('serves WebSockets, and asks their clients to come back on SIGTERM', async () => {
  const gateway = startGateway()
  const { port } = (await gateway.line('"listening"')) ?? {}
  const socket = new WebSocket(`ws://127.0.0.1:${String(port)}/ws/conversation`)
  await once(socket, 'open')
  const stranger = new WebSocket(`ws://127.0.0.1:${String(port)}/ws/conversation`)
  await once(stranger, 'open')
  stranger.send('{"action":"authenticate","token":"none"}')
  expect((await once(stranger, 'close'))[0]).toBe(4401)
  const closed = once(socket, 'close')
  gateway.child.kill('SIGTERM')
  expect((await closed)[0]).toBe(1012)
  expect(await gateway.exited).toBe(0)
})

test('says which port is taken, and fails', async () => {
  const holder = createServer().listen(0, '127.0.0.1')
  await once(holder, 'listening')
  const { port } = holder.address() as AddressInfo
  const gateway = startGateway({ PORT: String(port) })
  expect(await gateway.exited).toBe(1)
  expect(JSON.parse(gateway.lines.join(''))).toMatchObject({
    severity: 'CRITICAL',
    message: `Port ${port} is taken; set PORT to another`,
  })
  holder.close()
})

test.each<[string, Record<string, string | undefined>, string]>([
  ['without a secret', { JWT_SECRET: undefined }, 'JWT_SECRET: is required'],
  [
    'in emulator mode on Cloud Run',
    { K_SERVICE: 'gateway' },
    'FIREBASE_AUTH_EMULATOR_HOST: must not be set where K_SERVICE is',
  ],
])('refuses to start %s and says why', async (_, env, reason) => {
  const gateway = startGateway(env)
  expect(await gateway.exited).toBe(1)
  expect(gateway.lines).toHaveLength(1)
  expect(JSON.parse(gateway.lines[0] ?? '')).toMatchObject({ message: expect.stringContaining(reason) })
})
