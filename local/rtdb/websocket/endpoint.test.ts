import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

import { expect, onTestFinished, test, vi } from 'vitest'
import { WebSocket } from 'ws'

import { Namespace } from '../namespace.ts'
import { Namespaces } from '../namespaces.ts'
import { connectRaw } from '../testing/raw-client.ts'
import { createWebSocketEndpoint } from './endpoint.ts'

async function startEndpoint(limits: { maxUnsentBytes?: number; heartbeatMs?: number }) {
  const namespaces = new Namespaces((name) => new Namespace({ name, now: Date.now }))
  const endpoint = createWebSocketEndpoint({ namespaces, now: Date.now, ...limits })
  const server = createServer()
  server.on('upgrade', (request, socket, head) => endpoint.upgrade(request, socket, head))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    endpoint.close()
    server.close()
  })
  return { endpoint, port: (server.address() as AddressInfo).port }
}

test('a client that stops reading is dropped, and the others get everything', async () => {
  const { endpoint, port } = await startEndpoint({ maxUnsentBytes: 1024 * 1024 })
  const [stalled, reading, writer] = [
    await connectRaw({ port }),
    await connectRaw({ port }),
    await connectRaw({ port }),
  ]
  await stalled.request('q', { p: '/n', h: '' })
  await reading.request('q', { p: '/n', h: '' })
  stalled.socket.pause()
  let writes = 0
  while (endpoint.connections === 3 && writes < 500) {
    writes += 1
    await writer.request('p', { p: '/n', d: `${writes} ${'x'.repeat(100_000)}` }).catch(() => undefined)
  }
  expect(endpoint.connections).toBe(2)
  await expect.poll(() => reading.pushes).toHaveLength(writes)
})

test('a client that does not answer pings is dropped, and its on-disconnect writes run', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  onTestFinished(() => void vi.useRealTimers())
  const { endpoint, port } = await startEndpoint({ heartbeatMs: 30_000 })
  const alive = await connectRaw({ port })
  await alive.request('q', { p: '/gone', h: '' })
  const silent = new WebSocket(`ws://127.0.0.1:${port}/.ws?v=5&ns=test`, { autoPong: false })
  onTestFinished(() => silent.terminate())
  await once(silent, 'open')
  const replied = new Promise((resolve) => {
    silent.on('message', (data: Buffer) => data.toString().includes('"r":1') && resolve(data))
  })
  silent.send('{"t":"d","d":{"r":1,"a":"o","b":{"p":"/gone","d":true}}}')
  await replied
  const [pinged, closed] = [once(alive.socket, 'ping'), once(silent, 'close')]
  vi.advanceTimersByTime(30_000)
  await pinged
  // What a client sends arrives in order, so that the answer to the ping is there with this one.
  await alive.request('s', { c: {} })
  vi.advanceTimersByTime(30_000)
  await closed
  await alive.waitFor(({ d }) => d['a'] === 'd')
  expect([alive.pushes, endpoint.connections]).toEqual([[['d', { p: 'gone', d: true }]], 1])
})
