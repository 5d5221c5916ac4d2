import { expect, test } from 'vitest'
import { UNREAD_MOST } from '../calls/schema.ts'
import { countUnread, parseBoard, unreadOf } from './board-record.ts'

const seen_to = { message_id: 'msg_b', received_at: 20 }

test.each<[string, unknown, number]>([
  ['nothing', null, 0],
  ['what is no record', 'nonsense', 0],
  ['messages of which none was seen', { unread: { msg_a: 10, msg_b: 20 } }, 2],
  ['one before and one after the last that was seen', { unread: { msg_a: 10, msg_c: 30 }, seen_to }, 1],
  ['the last that was seen itself', { unread: { msg_b: 20 }, seen_to }, 0],
  ['messages of the same millisecond, by their ids', { unread: { msg_a: 20, msg_c: 20 }, seen_to }, 1],
  ['ids that the database takes for places in a list', { unread: [null, 10, 20] }, 2],
  ['a mark that cannot be read', { unread: { msg_a: 10 }, seen_to: 'msg_a' }, 1],
  ['times that cannot be read', { unread: { msg_a: 'now' } }, 0],
])('counts %s', (_, stored, expected) => {
  expect(countUnread(parseBoard(stored))).toBe(expected)
})

test('counts up to a hundred, and lists the earliest first', () => {
  const ids = Array.from({ length: 120 }, (_, n) => `msg_${n}`)
  const board = parseBoard({ unread: Object.fromEntries(ids.map((id, n) => [id, 120 - n])) })
  expect(countUnread(board)).toBe(UNREAD_MOST)
  expect(unreadOf(board).map(({ received_at }) => received_at)).toEqual(ids.map((_, n) => n + 1))
})
