import type { LocationAttachment, Message } from '@lifeline/functions/contract'
import { expect, test } from 'vitest'
import { trailOf, unwrapLongitudes } from './trail.ts'

const place = (latitude: number): LocationAttachment => ({
  kind: 'location',
  latitude,
  longitude: 8,
  accuracy_m: 12,
  captured_at: '2025-10-03T11:58:00+05:30',
})

const message = (id: string, role: Message['role'], attachment?: Message['attachment']): Message => ({
  message_id: id,
  role,
  content: 'Here',
  timestamp: '2025-10-03T11:58:04+05:30',
  received_at: '2025-10-03T06:28:05.000Z',
  sender_id: 'someone',
  sources: '',
  ...(attachment && { attachment }),
})

test('follows the places that the worker sent, the newest last, and nobody else’s', () => {
  const trail = trailOf([
    message('m1', 'user', place(1)),
    message('m2', 'user'),
    message('m3', 'admin', place(2)),
    message('m4', 'user', place(3)),
  ])
  expect(trail.map(({ messageId, place: { latitude } }) => [messageId, latitude])).toEqual([
    ['m1', 1],
    ['m4', 3],
  ])
})

test.each([
  [
    [179.9, -179.9],
    [-180.1, -179.9],
  ],
  [
    [-179.9, 179.9],
    [180.1, 179.9],
  ],
  [
    [-10, 20, 10],
    [-10, 20, 10],
  ],
  [[], []],
])('leads a trail of longitudes %j the short way around the world', (given, expected) => {
  expect(unwrapLongitudes(given).map((each) => Number(each.toFixed(6)))).toEqual(expected)
})
