import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseCursor } from './cursor.ts'
import { createMessageLog } from './message-log.ts'
import type { ReadMessage } from './read-message.ts'

const read = (id: string, at: number, dated = true): ReadMessage => ({
  id,
  at,
  dated,
  message: {
    message_id: id,
    role: 'user',
    content: `text of ${id}`,
    timestamp: '2025-10-03T11:58:04+05:30',
    sources: '',
    sender_id: null,
    received_at: new Date(at).toISOString(),
  },
})
const ids = (json: string): string[] =>
  JSON.parse(json).map((message: { message_id: string }) => message.message_id)
const logOf = (...messages: ReadMessage[]) => {
  const log = createMessageLog()
  log.add(messages)
  return log
}
const since = (log: ReturnType<typeof createMessageLog>, text: string) => {
  const missed = log.sinceJson(parseCursor(text)!)
  return missed === 'unknown' ? missed : ids(missed.json)
}

test('an empty conversation is an empty array without a cursor', () => {
  const log = createMessageLog()
  expect([log.allJson(), log.total(), log.cursorId()]).toEqual(['[]', 0, undefined])
})

test('keeps messages in the order the server had them, whatever order they are handed in', () => {
  const log = logOf(read('c', 30), read('a', 10))
  log.add([read('b', 20), read('a2', 10)])
  expect(ids(log.allJson())).toEqual(['a', 'a2', 'b', 'c'])
  expect(log.total()).toBe(4)
})

test('hands back only what is new, in order', () => {
  const log = logOf(read('a', 10))
  const added = log.add([read('c', 30), read('a', 10), read('b', 20)])
  expect([ids(added.json), added.count]).toEqual([['b', 'c'], 2])
})

test('replaces a message that changed without announcing it', () => {
  const log = logOf(read('a', 10), read('b', 20))
  const changed = read('a', 25)
  expect(log.add([changed]).count).toBe(0)
  expect(ids(log.allJson())).toEqual(['b', 'a'])
  expect(log.total()).toBe(2)
})

test('forgets a removed message, and again does nothing', () => {
  const log = logOf(read('a', 10), read('b', 20))
  log.remove('a')
  log.remove('a')
  expect([ids(log.allJson()), log.total()]).toEqual([['b'], 1])
})

describe('resuming', () => {
  const log = logOf(read('a', 10), read('b', 20), read('c', 20), read('d', 20), read('e', 30))
  test.each([
    ['10.a', ['b', 'c', 'd', 'e']],
    ['20.b', ['c', 'd', 'e']],
    ['20.c', ['b', 'd', 'e']],
    ['20.d', ['b', 'c', 'e']],
    ['30.e', []],
    ['20.nobody', 'unknown'],
    ['99.nobody', 'unknown'],
  ])('after %s sends %j', (cursor, expected) => {
    expect(since(log, cursor)).toEqual(expected)
  })

  test('always sends again what has no server time, for nobody knows when it came', () => {
    expect(since(logOf(read('a', 10), read('old', 5, false), read('b', 20)), '20.b')).toEqual(['old'])
  })

  test('goes on from the newest server time, not from a device that is ahead', () => {
    expect(logOf(read('a', 10), read('ahead', 99, false)).cursorId()).toBe('10.a')
  })

  test('goes on from the last message when none has a server time', () => {
    expect(logOf(read('x', 10, false), read('y', 20, false)).cursorId()).toBe('20.y')
  })

  test('never moves its cursor back', () => {
    const late = logOf(read('b', 20))
    late.add([read('a', 10)])
    expect(late.cursorId()).toBe('20.b')
  })
})

test('a reader who leaves at any moment and resumes gets every message, and twice only within a millisecond', () => {
  const message = fc.record({ at: fc.integer({ min: 0, max: 12 }), size: fc.integer({ min: 1, max: 4 }) })
  fc.assert(
    fc.property(fc.array(message, { minLength: 1, maxLength: 12 }), fc.nat(), (batches, leave) => {
      // The server's clock never runs backwards, so batches come in order of time.
      const stream = batches
        .toSorted((a, b) => a.at - b.at)
        .map(({ at, size }, batch) =>
          Array.from({ length: size }, (_, i) => read(`m${(batch * 7 + i * 5) % 41}x${batch}x${i}`, at)),
        )
      const log = createMessageLog()
      const seen: string[] = []
      let cursor: string | undefined
      stream.forEach((batch, index) => {
        const added = log.add(batch)
        if (index > leave % stream.length) return
        seen.push(...ids(added.json))
        cursor = log.cursorId()
      })
      const missed = log.sinceJson(parseCursor(cursor)!)
      if (missed === 'unknown') throw new Error('the cursor is of no message')
      const resumed = ids(missed.json)
      expect(new Set([...seen, ...resumed])).toEqual(new Set(ids(log.allJson())))
      const at = Number(cursor!.split('.')[0])
      const repeated = resumed.filter((id) => seen.includes(id))
      const times = new Map(stream.flat().map(({ id, at: time }) => [id, time]))
      expect(repeated.every((id) => times.get(id) === at)).toBe(true)
    }),
  )
})

test('a new message costs its own work and not that of the conversation', () => {
  const log = createMessageLog()
  log.add(Array.from({ length: 20_000 }, (_, i) => read(`m${i}`, i)))
  const before = process.cpuUsage()
  for (let i = 20_000; i < 22_000; i += 1) log.add([read(`m${i}`, i)])
  const { user, system } = process.cpuUsage(before)
  expect((user + system) / 1_000).toBeLessThan(500)
})
