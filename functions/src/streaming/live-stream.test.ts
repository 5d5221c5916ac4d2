import { describe, expect, test } from 'vitest'
import { frameOf } from './frame.ts'
import { createLiveStream } from './live-stream.ts'

function setUp({ keepsUp = true, reconnectAt = Infinity, expiresAt = Infinity } = {}) {
  let now = 0
  let text = ''
  const state = { ended: false, destroyed: false, blocked: !keepsUp }
  const gone = new AbortController()
  const stream = createLiveStream({
    sink: {
      write: (bytes) => {
        text += bytes.toString()
        return !state.blocked
      },
      end: () => void (state.ended = true),
      destroy: () => {
        state.destroyed = true
        gone.abort()
      },
    },
    encode: (frame) => frame.sse(),
    limits: { maxQueuedBytes: 200, maxStallMs: 5_000 },
    now: () => now,
    random: () => 0.5,
    heartbeatMs: 30_000,
    reconnectAt,
    expiresAt,
    conversationId: 'conv_1',
    gone: gone.signal,
  })
  const at = (time: number) => {
    now = time
    stream.tick(time, () =>
      frameOf('heartbeat', { timestamp: new Date(time).toISOString(), status: 'connected' }),
    )
  }
  const events = () =>
    text
      .split('\n\n')
      .filter((block) => block !== '')
      .map((block) => ({
        event: /^event: (.*)$/m.exec(block)?.[1],
        data: JSON.parse(/^data: (.*)$/m.exec(block)?.[1] ?? 'null'),
        retry: /^retry: (.*)$/m.exec(block)?.[1],
      }))
  return { stream, at, state, gone, events, names: () => events().map(({ event }) => event) }
}
const news = (size = 0) => frameOf('new_messages', { text: '.'.repeat(size) })

test('beats every interval, the first time at a moment of its own', () => {
  const { at, names, events } = setUp()
  at(22_000)
  expect(names()).toEqual([])
  at(22_500)
  at(52_400)
  expect(events()).toEqual([
    {
      event: 'heartbeat',
      data: { timestamp: '1970-01-01T00:00:22.500Z', status: 'connected' },
      retry: undefined,
    },
  ])
  at(52_500)
  expect(names()).toEqual(['heartbeat', 'heartbeat'])
})

test('says reconnect at its deadline, after what waits, and ends', () => {
  const { stream, at, names, state, events } = setUp({ reconnectAt: 10_000 })
  stream.send(news())
  at(9_999)
  expect(state.ended).toBe(false)
  at(10_000)
  expect(names()).toEqual(['new_messages', 'reconnect'])
  expect(events()[1]).toMatchObject({ data: { reason: 'deadline', retry_after_ms: 500 }, retry: '500' })
  expect(state.ended).toBe(true)
})

test('says that the token expired, with what a program and a person need', () => {
  const { at, events, state } = setUp({ expiresAt: 3_000 })
  at(3_000)
  expect(events()).toEqual([
    {
      event: 'error',
      data: { error: expect.stringContaining('expired'), code: 'token-expired', conversation_id: 'conv_1' },
      retry: undefined,
    },
  ])
  expect(state.ended).toBe(true)
})

describe('a reader who does not keep up', () => {
  test('is told to reconnect when too much waits, and cut soon after', () => {
    const { stream, at, names, state } = setUp({ keepsUp: false })
    stream.send(news())
    stream.send(news(150))
    stream.send(news(150))
    expect(state.ended).toBe(false)
    state.blocked = false
    stream.drained()
    expect(names()).toEqual(['new_messages', 'reconnect'])
    expect(state.ended).toBe(true)
    at(749)
    expect(state.destroyed).toBe(false)
    at(750)
    expect(state.destroyed).toBe(true)
  })

  test('is cut even when it never reads again', () => {
    const { stream, at, state } = setUp({ keepsUp: false })
    stream.send(news())
    at(5_000)
    expect(state.destroyed).toBe(false)
    at(5_001)
    at(5_751)
    expect([state.ended, state.destroyed]).toEqual([false, true])
  })
})

test('says everything that waits before the end', () => {
  const { stream, names, state } = setUp({ keepsUp: false })
  stream.send(news())
  stream.send(news())
  stream.end(frameOf('ended', { message: 'Conversation has ended' }))
  state.blocked = false
  stream.drained()
  expect(names()).toEqual(['new_messages', 'new_messages', 'ended'])
  expect(state.ended).toBe(true)
})

test('a refusal does not wait for what is queued', () => {
  const { stream, names, state } = setUp({ keepsUp: false })
  stream.send(news())
  stream.send(news())
  stream.fail('access-denied', 'no')
  state.blocked = false
  stream.drained()
  expect(names()).toEqual(['new_messages', 'error'])
})

test('takes no news after its last words, and has them once', () => {
  const { stream, names } = setUp()
  stream.reconnect('shutdown')
  stream.fail('token-revoked', 'no')
  stream.end(frameOf('ended', {}))
  stream.send(news())
  stream.reconnect('deadline')
  expect(names()).toEqual(['reconnect'])
})

test('writes nothing to a reader who has gone', () => {
  const { stream, gone, names, at, state } = setUp({ expiresAt: 10 })
  gone.abort()
  stream.send(news())
  stream.replay(news())
  stream.end(news())
  at(60_000)
  expect([names(), state.ended, state.destroyed]).toEqual([[], false, false])
})
