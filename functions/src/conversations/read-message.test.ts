import { describe, expect, test } from 'vitest'
import { compareMessages, readMessage } from './read-message.ts'
import { Message } from './schema.ts'

const NOW = Date.parse('2025-10-03T06:30:00Z')
const stored = { role: 'user', content: 'Help', timestamp: '2025-10-03T11:58:04+05:30' }

test('shows a message as spec 1 does, with its sender and the server time', () => {
  const record = { ...stored, received_at: NOW, sender_id: 'worker_1', sources: 'Manual' }
  expect(readMessage('msg_1', record, NOW)).toEqual({
    id: 'msg_1',
    at: NOW,
    dated: true,
    message: {
      message_id: 'msg_1',
      role: 'user',
      content: 'Help',
      timestamp: '2025-10-03T11:58:04+05:30',
      sources: 'Manual',
      sender_id: 'worker_1',
      received_at: '2025-10-03T06:30:00.000Z',
    },
  })
})

test('shows absent sources as an empty text and an absent sender as null', () => {
  expect(readMessage('msg_1', stored, NOW)?.message).toMatchObject({ sources: '', sender_id: null })
})

test.each([
  ['is missing', undefined],
  ['lies ahead of the clock', NOW + 60_000],
  ['is negative', -1],
])('places a message by its timestamp when received_at %s', (_, received_at) => {
  const record = received_at === undefined ? stored : { ...stored, received_at }
  expect(readMessage('msg_1', record, NOW)).toMatchObject({
    at: Date.parse(stored.timestamp),
    dated: false,
    message: { received_at: '2025-10-03T06:28:04.000Z' },
  })
})

test('takes fractions of a millisecond off', () => {
  expect(readMessage('msg_1', { ...stored, received_at: 1000.75 }, NOW)).toMatchObject({
    at: 1000,
    dated: true,
  })
})

describe('leaves out what is no message', () => {
  const broken: [string, unknown][] = [
    ['nothing', null],
    ['a text', 'hello'],
    ['a number', 5],
    ['an empty map', {}],
    ['an unknown role', { ...stored, role: 'root' }],
    ['no content', { role: 'user', timestamp: stored.timestamp }],
    ['content that is no text', { ...stored, content: { text: 'x' } }],
    ['a time without an offset', { ...stored, timestamp: '2025-10-03T11:58:04' }],
    ['a time that is none', { ...stored, timestamp: 'yesterday' }],
    ['a received_at that is no number', { ...stored, received_at: 'now' }],
    ['sources that are no text', { ...stored, sources: { a: 1 } }],
  ]
  test.each(broken)('%s', (_, value) => {
    expect(readMessage('msg_1', value, NOW)).toBeUndefined()
  })
  test.each(['', 'a b', 'a/b', 'a.b', '💥', 'x'.repeat(129), 'a\u0001b'])('an id such as %j', (id) => {
    expect(readMessage(id, stored, NOW)).toBeUndefined()
  })
})

test('orders by server time, then by id', () => {
  const placed = (at: number, id: string) => ({ at, id })
  const sorted = [placed(2, 'a'), placed(1, 'b'), placed(1, 'a'), placed(1, 'B'), placed(10, 'a')].toSorted(
    compareMessages,
  )
  expect(sorted.map(({ at, id }) => `${at}${id}`)).toEqual(['1B', '1a', '1b', '2a', '10a'])
})

test.each([
  ['beyond the calendar', '9999-12-31T23:00:00-23:59', '9999-12-31T23:59:59.999Z'],
  ['before the calendar', '0000-01-01T00:00:00+23:59', '0000-01-01T00:00:00.000Z'],
])('places a message whose timestamp lies %s in UTC at its edge', (_, timestamp, received_at) => {
  const read = readMessage('msg_1', { ...stored, timestamp }, NOW)
  expect(read).toMatchObject({ dated: false, message: { timestamp, received_at } })
  expect(Message.safeParse(read?.message).success).toBe(true)
})
