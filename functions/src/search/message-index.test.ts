import { beforeEach, describe, expect, test } from 'vitest'
import type { CallRecord } from '../calls/schema.ts'
import { readMessage } from '../conversations/read-message.ts'
import { type MessageIndex, createMessageIndex } from './message-index.ts'

const call = { conversation_id: 'conv_1', worker_id: 'worker_1', admin_id: null } as CallRecord
const conversation = (conversationId: string, archived = false) => ({
  conversationId,
  callId: `call_${conversationId}`,
  call,
  archived,
})
const messages = (...contents: string[]) =>
  contents.flatMap((content, at) => {
    const stored = { role: 'user', content, timestamp: '2025-10-03T11:58:04+05:30', received_at: 1_000 + at }
    return readMessage(`m${at}`, stored, 10_000) ?? []
  })

let index: MessageIndex
const find = (query: string) => index.search(query, () => true).map(({ message }) => message.message.content)
beforeEach(() => {
  index = createMessageIndex()
})

describe('finding', () => {
  const contents = [
    'The scaffold has collapsed, Müller is under it',
    'My friend fell from the second floor',
    'मुझे सीढ़ी से चोट लगी है',
    'لا أستطيع التنفس',
    '三階で火事です',
    'Please come to gate 41, not gate 14',
    'scaffolding ordered for Monday',
  ]
  beforeEach(() => index.put(conversation('conv_1'), messages(...contents)))

  test.each([
    ['whatever the case and the accents', 'MULLER', [0]],
    ['with a letter wrong', 'scafold', [0]],
    ['with two letters of a long word wrong', 'kolapsed', [0]],
    ['by the beginning of a word', 'scaff', [0, 6]],
    ['a number only as it is', '41', [5]],
    ['nothing for a number that is only like it', '42', []],
    ['words in any order, all of them', 'floor fell', [1]],
    ['nothing where a word is missing', 'floor helicopter', []],
    ['Devanagari, with the nukta and without', 'सीढी', [2]],
    ['Arabic without its marks', 'استطيع', [3]],
    ['any part of unspaced writing', '火事', [4]],
    ['a single character of it', '火', [4]],
    ['its last character', 'す', [4]],
  ])('%s: %s', (_why, query, expected) => {
    expect(new Set(find(query))).toEqual(new Set(expected.map((at) => contents[at])))
  })

  test('puts the word itself before what only begins so', () => {
    expect(find('scaffold')[0]).toBe(contents[0])
  })
})

describe('keeping up', () => {
  test('new messages are found, those that are gone are not', () => {
    index.put(conversation('conv_1'), messages('rope', 'ladder'))
    index.put(conversation('conv_1'), messages('rope'))
    expect([find('rope'), find('ladder'), index.size]).toEqual([['rope'], [], 1])
  })

  test('a conversation is as it was last put', () => {
    index.put(conversation('conv_1'), messages('rope'))
    const changed = { ...conversation('conv_1'), call: { ...call, admin_id: 'ben' } }
    index.put(changed, messages('rope'))
    expect(index.search('rope', () => true)[0]?.conversation.call.admin_id).toBe('ben')
  })

  test('dropping the active ones leaves the archived ones alone', () => {
    index.put(conversation('conv_1'), messages('rope'))
    index.put(conversation('conv_1', true), messages('rope'))
    index.put(conversation('conv_2'), messages('rope'))
    index.prune(false, (id) => id === 'conv_2')
    expect(index.conversations().map(({ conversationId, archived }) => [conversationId, archived])).toEqual([
      ['conv_1', true],
      ['conv_2', false],
    ])
    expect(index.size).toBe(2)
  })

  test('what is not allowed is not found', () => {
    index.put(conversation('conv_1'), messages('rope'))
    expect(index.search('rope', () => false)).toEqual([])
  })
})
