import { expect, test } from 'vitest'
import { composeFeed } from './feed.ts'

const write = {
  kind: 'message',
  message_id: 'msg_1',
  call_id: 'call_1',
  conversation_id: 'conv_1',
  worker_id: 'worker_1',
  content: 'help',
  timestamp: '2025-10-03T11:58:04+05:30',
} as const

test('a message that the SDK shows early is still shown as waiting, once, and last', () => {
  const stored = [
    { id: 'msg_1', role: 'user', content: 'help', at: 9, sources: '', delivery: 'sent' },
    { id: 'msg_2', role: 'admin', content: 'where?', at: 10, sources: '', delivery: null },
  ] as const
  const feed = composeFeed(stored, [{ sequence: 1, status: 'sending', write }], 'conv_1', null)
  expect(feed.map(({ id, delivery }) => [id, delivery])).toEqual([
    ['msg_2', null],
    ['msg_1', 'sending'],
  ])
  const later = composeFeed(stored, [{ sequence: 1, status: 'sent', write }], 'conv_1', null)
  expect(later.map(({ id }) => id)).toEqual(['msg_1', 'msg_2'])
  const seen = composeFeed(stored, [], 'conv_1', { at: 9, id: 'msg_1' })
  expect(seen.map(({ delivery }) => delivery)).toEqual(['seen', null])
})
