import { createConnection } from 'node:net'

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'

import { compileRules } from '../rules/compile.ts'
import { formatEvent } from './event-stream.ts'
import { asOwner, idToken, startRestTestServer } from './rest-test-server.ts'
import type { RestTestServer } from './rest-test-server.ts'

let server: RestTestServer
let ns = ''
let count = 0

beforeAll(async () => {
  server = await startRestTestServer({ keepAliveMs: 20 })
})
afterAll(() => server.close())
beforeEach(() => {
  count += 1
  ns = `stream${count}`
})

interface StreamEvent {
  event: string
  data: unknown
}

/** Opens a stream; `next` gives the next event that is no keep-alive, and null at the end. */
async function open(path: string, headers: Record<string, string> = {}) {
  const url = `${server.origin}${path}${path.includes('?') ? '&' : '?'}ns=${ns}`
  const aborting = new AbortController()
  const response = await fetch(url, {
    headers: { accept: 'text/event-stream', ...headers },
    signal: aborting.signal,
  })
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader()
  let buffered = ''
  const any = async (): Promise<StreamEvent | null> => {
    for (let end = buffered.indexOf('\n\n'); end === -1; end = buffered.indexOf('\n\n')) {
      const { value, done } = await reader.read()
      if (done) return null
      buffered += value
    }
    const end = buffered.indexOf('\n\n')
    const match = /^event: (.*)\ndata: (.*)$/.exec(buffered.slice(0, end))
    buffered = buffered.slice(end + 2)
    if (match === null) throw new Error('no event')
    return { event: match[1]!, data: JSON.parse(match[2]!) as unknown }
  }
  const next = async (): Promise<StreamEvent | null> => {
    for (;;) {
      const event = await any()
      if (event?.event !== 'keep-alive') return event
    }
  }
  return { response, any, next, close: () => aborting.abort() }
}

const write = (method: string, path: string, body: unknown) =>
  server.call(ns, method, path, { body, headers: asOwner })
const put = (path: string, data: unknown) => ({ event: 'put', data: { path, data } })

test('an event is framed so that its data cannot forge another', () => {
  expect(formatEvent('put', { path: '/', data: 'a\n\nevent: cancel' })).toBe(
    'event: put\ndata: {"path":"/","data":"a\\n\\nevent: cancel"}\n\n',
  )
})

describe('a stream', () => {
  test('begins with all that is there, then follows', async () => {
    await write('PUT', '/calls/c1.json', { urgency: 1, list: ['a', 'b'] })
    const stream = await open('/calls.json')
    expect(stream.response.headers.get('content-type')).toContain('text/event-stream')
    expect(await stream.next()).toEqual(put('/', { c1: { urgency: 1, list: ['a', 'b'] } }))
    await write('PUT', '/calls/c1/urgency.json', 2)
    expect(await stream.next()).toEqual(put('/c1/urgency', 2))
    await write('PATCH', '/calls.json', { 'c1/urgency': null, c2: { urgency: 5 } })
    expect(await stream.next()).toEqual({
      event: 'patch',
      data: { path: '/', data: { 'c1/urgency': null, c2: { urgency: 5 } } },
    })
    await write('PUT', '/.json', { calls: { c9: true } })
    expect(await stream.next()).toEqual(put('/', { c9: true }))
    await write('DELETE', '/calls.json', undefined)
    expect(await stream.next()).toEqual(put('/', null))
    stream.close()
  })

  test('begins with null where nothing is and says nothing of elsewhere', async () => {
    const stream = await open('/calls.json')
    expect(await stream.next()).toEqual(put('/', null))
    await write('PUT', '/elsewhere.json', 1)
    await write('PUT', '/calls/c1.json', 1)
    expect(await stream.next()).toEqual(put('/c1', 1))
    stream.close()
  })

  test('shows the window of a query', async () => {
    await write('PUT', '/log.json', { a: 1, b: 2 })
    const stream = await open('/log.json?orderBy="$key"&limitToLast=2')
    expect(await stream.next()).toEqual(put('/', { a: 1, b: 2 }))
    await write('PUT', '/log/c.json', 3)
    expect(await stream.next()).toEqual({ event: 'patch', data: { path: '/', data: { a: null, c: 3 } } })
    stream.close()
  })

  test('carries priorities in the export format only', async () => {
    const plain = await open('/a.json')
    const full = await open('/a.json?format=export')
    await plain.next()
    await full.next()
    await write('PUT', '/a/b.json', { '.value': 1, '.priority': 2 })
    expect(await plain.next()).toEqual(put('/b', 1))
    expect(await full.next()).toEqual(put('/b', { '.value': 1, '.priority': 2 }))
    await write('PUT', '/a/b/.priority.json', 3)
    expect(await full.next()).toEqual(put('/b/.priority', 3))
    await write('PUT', '/a/b.json', 4)
    expect(await plain.next()).toEqual(put('/b', 4))
    plain.close()
    full.close()
  })

  test('is kept alive', async () => {
    const stream = await open('/a.json')
    await stream.any()
    expect(await stream.any()).toEqual({ event: 'keep-alive', data: null })
    expect(await stream.any()).toEqual({ event: 'keep-alive', data: null })
    stream.close()
  })

  test('gives its listen back when the reader leaves', async () => {
    const stream = await open('/a.json')
    await stream.next()
    expect(server.namespaces.get(ns).listens()).toHaveLength(1)
    stream.close()
    await expect.poll(() => server.namespaces.get(ns).listens()).toHaveLength(0)
  })
})

test('a reader that does not read is cut off', async () => {
  const socket = createConnection(server.port, '127.0.0.1')
  socket.pause()
  socket.on('error', () => socket.destroy())
  socket.write(`GET /big.json?ns=${ns} HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n`)
  const listens = () => server.namespaces.get(ns).listens().length
  await expect.poll(listens).toBe(1)
  let writes = 0
  while (listens() > 0 && writes < 100) {
    writes += 1
    await write('PUT', '/big.json', `${writes}`.padEnd(1_000_000, 'x'))
  }
  expect(writes).toBeGreaterThan(10)
  expect(writes).toBeLessThan(60)
  socket.destroy()
})

describe('rules', () => {
  const allow = (uid: string) => {
    const source = JSON.stringify({ rules: { a: { '.read': `auth.uid == '${uid}'` } } })
    server.namespaces.get(ns).setRules(compileRules(source), source)
  }

  test('refuse a stream before it begins', async () => {
    allow('ann')
    const { response } = await open('/a.json')
    expect(response.status).toBe(401)
    expect(response.headers.get('content-type')).toContain('application/json')
  })

  test('end a stream that they no longer allow', async () => {
    allow('ann')
    const stream = await open(`/a.json?auth=${idToken('ann')}`)
    expect(await stream.next()).toEqual(put('/', null))
    allow('bob')
    expect(await stream.next()).toEqual({ event: 'cancel', data: null })
    expect(await stream.next()).toBeNull()
    await expect.poll(() => server.namespaces.get(ns).listens()).toHaveLength(0)
  })

  test('a missing index refuses a stream', async () => {
    expect((await open('/a.json?orderBy="b"&limitToFirst=1')).response.status).toBe(400)
  })

  test('a priority cannot be streamed by itself', async () => {
    expect((await open('/a/.priority.json')).response.status).toBe(400)
  })

  test('a stream ends when its credential does', async () => {
    allow('ann')
    const token = idToken('ann', { exp: 2_000 }, 'c2lnbmVk')
    const stream = await open('/a.json', { authorization: `Bearer ${token}` })
    expect(await stream.next()).toEqual(put('/', null))
    server.setNow(2_000_001)
    expect(await stream.next()).toEqual({ event: 'auth_revoked', data: 'credential is no longer valid' })
    expect(await stream.next()).toBeNull()
  })
})
