import { describe, expect, test } from 'vitest'
import { readMessage } from '../conversations/read-message.ts'
import { CallRecord, LAST_WORDS_LENGTH, type TalkRecord } from './schema.ts'
import { takeInMessage } from './note-message.ts'

const stored = {
  conversation_id: 'conv_1',
  worker_id: 'worker_1',
  urgency: 'HIGH',
  status: 'ACTIVE',
  medium: 'Text',
  timestamp: '2025-10-03T11:58:04+05:30',
}
type Said = [at: number, role: string, content?: string]

function talkAfter(...said: Said[]): TalkRecord | undefined {
  let call = CallRecord.parse(stored)
  for (const [at, role, content = 'Words'] of said) {
    const record = { role, content, timestamp: '2025-10-03T11:58:04+05:30', received_at: at }
    const patch = takeInMessage(readMessage(`msg_${at}`, record, 1_000)!)(call)
    if (patch !== null && typeof patch === 'object') call = CallRecord.parse({ ...call, ...patch })
  }
  return call.talk
}

describe('what a call keeps of its messages', () => {
  test('the last words, and when the worker last wrote', () => {
    expect(talkAfter([1, 'user', 'Fire'], [2, 'user', 'Smoke too'], [3, 'system', 'Noted'])).toEqual({
      last: { message_id: 'msg_3', role: 'system', text: 'Noted', at: 3 },
      worker_at: 2,
      worker_words: { message_id: 'msg_2', text: 'Smoke too' },
      unanswered_at: 1,
    })
  })

  test('nothing is unanswered once an admin has written; an assistant answers for nobody', () => {
    expect(talkAfter([1, 'user'], [2, 'admin'])).not.toHaveProperty('unanswered_at')
    expect(talkAfter([1, 'user'], [2, 'assistant'])).toMatchObject({ unanswered_at: 1 })
    expect(talkAfter([1, 'user'], [2, 'admin'], [3, 'user'], [4, 'user'])).toMatchObject({ unanswered_at: 3 })
  })

  test.each<[string, Said[]]>([
    [
      'in their order',
      [
        [1, 'user'],
        [2, 'admin'],
        [3, 'user'],
      ],
    ],
    [
      'the answer last',
      [
        [1, 'user'],
        [3, 'user'],
        [2, 'admin'],
      ],
    ],
    [
      'the answer first',
      [
        [2, 'admin'],
        [3, 'user'],
        [1, 'user'],
      ],
    ],
    [
      'from the end',
      [
        [3, 'user'],
        [2, 'admin'],
        [1, 'user'],
      ],
    ],
    [
      'each twice',
      [
        [1, 'user'],
        [2, 'admin'],
        [2, 'admin'],
        [3, 'user'],
        [1, 'user'],
        [3, 'user'],
      ],
    ],
  ])('comes to the same when messages are reported %s', (_, said) => {
    expect(talkAfter(...said)).toMatchObject({
      last: { at: 3 },
      worker_at: 3,
      worker_words: { message_id: 'msg_3' },
      admin_at: 2,
      unanswered_at: 3,
    })
  })

  test("the worker's own words stay known whoever speaks after them", () => {
    const said: Said[] = [
      [1, 'user', 'My arm is stuck'],
      [2, 'assistant', 'Do not pull'],
      [3, 'admin', 'We are coming'],
    ]
    for (const order of [said, said.toReversed()]) {
      expect(talkAfter(...order)).toMatchObject({
        last: { role: 'admin', text: 'We are coming' },
        worker_words: { message_id: 'msg_1', text: 'My arm is stuck' },
      })
    }
    expect(talkAfter([1, 'assistant'])).not.toHaveProperty('worker_words')
  })

  test('a message reported again changes nothing', () => {
    const call = CallRecord.parse({ ...stored, talk: talkAfter([1, 'user']) })
    const again = { role: 'user', content: 'Words', timestamp: stored.timestamp, received_at: 1 }
    expect(takeInMessage(readMessage('msg_1', again, 1_000)!)(call)).toBeNull()
  })

  test('long words are cut between characters, and lines are one line', () => {
    expect(talkAfter([1, 'user', ' Help\n\n me  now '])?.last.text).toBe('Help me now')
    const family = '👨‍👩‍👧‍👦'
    const text = talkAfter([1, 'user', family.repeat(50)])?.last.text ?? ''
    expect(text.length).toBeLessThanOrEqual(LAST_WORDS_LENGTH)
    expect(text.slice(0, -1).replaceAll(family, '')).toBe('')
    expect(text.at(-1)).toBe('…')
  })

  test('what is no talk is left out, and the call is read all the same', () => {
    expect(CallRecord.parse({ ...stored, talk: 'nonsense' })).toMatchObject({ urgency: 'HIGH' })
  })
})
