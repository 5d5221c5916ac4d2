import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { messageNumber } from './message.fixture.ts'
import { compareMessages, mergeMessages } from './messages.ts'

const numbers = (messages: readonly { message_id: string }[]) =>
  messages.map(({ message_id }) => Number(message_id.slice(4)))

describe('messages that come in', () => {
  test.each([
    ['after the known ones', [1, 2], [3, 4], [1, 2, 3, 4]],
    ['before them', [3, 4], [1, 2], [1, 2, 3, 4]],
    ['between them', [1, 4], [3, 2], [1, 2, 3, 4]],
    ['again', [1, 2, 3], [2, 3, 4], [1, 2, 3, 4]],
    ['twice in one event', [1], [2, 2], [1, 2]],
    ['to an empty screen', [], [2, 1], [1, 2]],
  ])('%s are shown once and in order', (_, known, incoming, expected) => {
    const merged = mergeMessages(
      known.map((n) => messageNumber(n)),
      incoming.map((n) => messageNumber(n)),
    )
    expect(numbers(merged)).toEqual(expected)
  })

  test('change nothing when all are known', () => {
    const known = [messageNumber(1), messageNumber(2)]
    expect(mergeMessages(known, [messageNumber(2)])).toBe(known)
  })

  test('are ordered by id within one millisecond, and by instant whatever way it is written', () => {
    const at = '2025-10-03T06:28:05.000Z'
    const b = messageNumber(1, { message_id: 'b', received_at: at })
    const a = messageNumber(1, { message_id: 'a', received_at: '2025-10-03T11:58:05+05:30' })
    expect([b, a].toSorted(compareMessages)).toEqual([a, b])
  })

  test('end in the same order however they were cut, repeated and shuffled', () => {
    const batches = fc.array(fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 12 }), { maxLength: 8 })
    fc.assert(
      fc.property(batches, (cut) => {
        const merged = cut.reduce(
          (known, batch) =>
            mergeMessages(
              known,
              batch.map((n) => messageNumber(n)),
            ),
          [] as ReturnType<typeof mergeMessages>,
        )
        expect(numbers(merged)).toEqual([...new Set(cut.flat())].toSorted((x, y) => x - y))
      }),
    )
  })
})
