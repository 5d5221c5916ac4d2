import { describe, expect, test } from 'vitest'
import { createOutbox } from './outbox.ts'

/** A reader who takes `appetite` bytes and then nothing until `drain`. */
function slowReader(appetite: number) {
  const taken: Buffer[] = []
  let room = appetite
  let clock = 0
  const state = { ended: false, destroyed: false }
  const outbox = createOutbox(
    {
      write: (bytes) => {
        taken.push(bytes)
        room -= bytes.length
        return room > 0
      },
      end: () => void (state.ended = true),
      destroy: () => void (state.destroyed = true),
    },
    { maxQueuedBytes: 1_000, maxStallMs: 5_000 },
    () => clock,
  )
  return {
    outbox,
    state,
    text: () => Buffer.concat(taken).toString(),
    taken,
    drain: (bytes: number) => {
      room = bytes
      outbox.drained()
    },
    wait: (ms: number) => (clock += ms),
    isStalled: () => outbox.isStalled(clock),
  }
}
const bytes = (text: string, size = text.length) => Buffer.from(text.padEnd(size, '.'))

test('a reader who keeps up is written to at once, with the very bytes that others get', () => {
  const reader = slowReader(Infinity)
  const shared = bytes('event')
  expect(reader.outbox.send(shared)).toBe(true)
  expect(reader.taken[0]?.buffer).toBe(shared.buffer)
  expect(reader.outbox.queuedBytes()).toBe(0)
})

test('what was refused by a full sink is not sent again', () => {
  const reader = slowReader(1)
  reader.outbox.send(bytes('first'))
  expect(reader.text()).toBe('first')
  reader.drain(100)
  expect(reader.text()).toBe('first')
})

test('a slow reader gets everything in order once it drains', () => {
  const reader = slowReader(1)
  for (const text of ['a', 'b', 'c', 'd']) reader.outbox.send(bytes(text))
  expect([reader.text(), reader.outbox.queuedBytes()]).toEqual(['a', 3])
  reader.drain(2)
  expect([reader.text(), reader.outbox.queuedBytes()]).toEqual(['abc', 1])
  reader.drain(10)
  expect([reader.text(), reader.outbox.queuedBytes()]).toEqual(['abcd', 0])
})

describe('bounds', () => {
  test('refuses news past its limit of bytes and keeps none of it', () => {
    const reader = slowReader(1)
    reader.outbox.send(bytes('taken'))
    expect(reader.outbox.send(bytes('x', 600))).toBe(true)
    expect(reader.outbox.send(bytes('y', 401))).toBe(false)
    expect(reader.outbox.queuedBytes()).toBe(600)
    expect(reader.outbox.send(bytes('z', 400))).toBe(true)
  })

  test('takes one event larger than the limit when nothing else waits', () => {
    const reader = slowReader(1)
    reader.outbox.send(bytes('taken'))
    expect(reader.outbox.send(bytes('big', 5_000))).toBe(true)
    expect(reader.outbox.send(bytes('more'))).toBe(false)
  })

  test('does not count a replay, however large', () => {
    const reader = slowReader(1)
    reader.outbox.replay(bytes('initial', 500_000))
    expect(reader.outbox.queuedBytes()).toBe(0)
    expect(reader.outbox.send(bytes('news', 900))).toBe(true)
  })

  test('calls a reader stalled who takes nothing for too long, and not one who is slow', () => {
    const reader = slowReader(1)
    reader.outbox.replay(bytes('initial', 300_000))
    reader.wait(5_000)
    expect(reader.isStalled()).toBe(false)
    reader.drain(1)
    reader.wait(5_000)
    expect(reader.isStalled()).toBe(false)
    reader.wait(1)
    expect(reader.isStalled()).toBe(true)
  })

  test('never calls an idle reader stalled', () => {
    const reader = slowReader(Infinity)
    reader.outbox.send(bytes('a'))
    reader.wait(3_600_000)
    expect(reader.isStalled()).toBe(false)
  })
})

describe('last words', () => {
  test('follow everything that waits, and then the sink ends', () => {
    const reader = slowReader(1)
    for (const text of ['a', 'b']) reader.outbox.send(bytes(text))
    reader.outbox.finish(bytes('ended'), 'after-queue')
    expect([reader.text(), reader.state.ended]).toEqual(['a', false])
    reader.drain(100)
    expect([reader.text(), reader.state.ended]).toEqual(['abended', true])
  })

  test('may skip what waits', () => {
    const reader = slowReader(1)
    for (const text of ['a', 'b', 'c']) reader.outbox.send(bytes(text))
    reader.outbox.finish(bytes('error'), 'at-once')
    reader.drain(100)
    expect([reader.text(), reader.state.ended]).toEqual(['aerror', true])
  })

  test('never cut an event in two', () => {
    const reader = slowReader(1)
    reader.outbox.replay(bytes('initial', 200_000))
    reader.outbox.send(bytes('news'))
    reader.outbox.finish(bytes('error'), 'at-once')
    reader.drain(1_000_000)
    expect(reader.text()).toBe(`${'initial'.padEnd(200_000, '.')}error`)
  })

  test('are the last: nothing is taken after them', () => {
    const reader = slowReader(Infinity)
    reader.outbox.finish(bytes('bye'), 'after-queue')
    reader.outbox.send(bytes('late'))
    reader.outbox.replay(bytes('late'))
    reader.outbox.finish(bytes('again'), 'at-once')
    expect(reader.text()).toBe('bye')
  })
})
