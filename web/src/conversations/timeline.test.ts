import { describe, expect, test } from 'vitest'
import type { CallNote } from './conversation-state.ts'
import { messageNumber } from './message.fixture.ts'
import { layOut, splitSources } from './timeline.ts'

const note = (after: string | null): CallNote => ({ id: '0', kind: 'ended', after, at: 0 })
const shape = (...[messages, notes, unread]: Parameters<typeof layOut>) =>
  layOut(messages, notes, unread).map((item) =>
    item.kind === 'group' ? item.messages.map(({ message_id }) => Number(message_id.slice(4))) : item.kind,
  )

describe('the layout of a conversation', () => {
  test('groups what one speaker says in a row', () => {
    const messages = [1, 2]
      .map((n) => messageNumber(n))
      .concat(messageNumber(3, { role: 'assistant' }), messageNumber(4))
    expect(shape(messages, [], null)).toEqual(['day', [1, 2], [3], [4]])
  })

  test('starts a new group after five silent minutes, and for each person', () => {
    const messages = [messageNumber(1), messageNumber(302), messageNumber(303, { sender_id: 'worker_2' })]
    expect(shape(messages, [], null)).toEqual(['day', [1], [302], [303]])
  })

  test('puts notes and the line of what is new where they belong', () => {
    const messages = [1, 2, 3].map((n) => messageNumber(n))
    expect(shape(messages, [note('msg_0002')], 'msg_0001')).toEqual(['day', [1], 'new', [2], 'note', [3]])
    expect(shape([], [note(null)], null)).toEqual(['note'])
  })

  test('draws no line below the last message', () => {
    expect(shape([messageNumber(1)], [], 'msg_0001')).toEqual(['day', [1]])
  })

  test('names each day once', () => {
    const messages = [messageNumber(1), messageNumber(2), messageNumber(86_400 * 2)]
    expect(shape(messages, [], null)).toEqual(['day', [1, 2], 'day', [172_800]])
  })

  test('keeps groups small enough to be drawn again for each message', () => {
    const messages = Array.from({ length: 120 }, (_, n) => messageNumber(n))
    const groups = layOut(messages, [], null).filter((item) => item.kind === 'group')
    expect(groups.map(({ messages }) => messages.length)).toEqual([50, 50, 20])
    expect(new Set(groups.map(({ key }) => key)).size).toBe(3)
  })
})

test.each([
  ['', []],
  [
    'OSHA Safety Standards, Emergency Procedures Manual',
    ['OSHA Safety Standards', 'Emergency Procedures Manual'],
  ],
  [' a ,, a , b', ['a', 'b']],
])('reads the sources %j', (sources, expected) => {
  expect(splitSources(sources)).toEqual(expected)
})
