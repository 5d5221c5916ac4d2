import { describe, expect, test } from 'vitest'
import { ApiError, UnreachableError } from '../api/errors.ts'
import { messageNumber } from './message.fixture.ts'
import { Replies, withoutStored, type OutgoingReply } from './replies.ts'

const HELD_BY_BEN = new ApiError(409, 'conflict', 'Ben Okafor holds this call.')

/** A server whose answers a test gives one by one, as `true` or as the error. */
function open({ storage = memory() } = {}) {
  const asked: { reply: OutgoingReply; answer: (answer: true | Error) => void }[] = []
  const delays: number[] = []
  let keys = 0
  const replies = new Replies({
    send: (_, reply) =>
      new Promise((resolve, reject) =>
        asked.push({ reply, answer: (answer) => (answer === true ? resolve(answer) : reject(answer)) }),
      ),
    storage,
    uid: 'admin_ava',
    now: () => Date.UTC(2025, 9, 3, 7),
    delay: (ms) => {
      delays.push(ms)
      return Promise.resolve()
    },
    newKey: () => `key_${++keys}`,
  })
  const shown = () => replies.of('conv_1').map(({ message, status }) => [message.content, status])
  /** Answers the n-th request (from 1) once it has been made. */
  const answer = async (n: number, answer: true | Error) => {
    await expect.poll(() => asked.length).toBe(n)
    asked[n - 1]!.answer(answer)
  }
  return { replies, asked, delays, shown, answer, storage }
}

function memory() {
  const values = new Map<string, string>()
  return {
    getItem: (key: string) => values.get(key) ?? null,
    setItem: (key: string, value: string) => void values.set(key, value),
    removeItem: (key: string) => void values.delete(key),
  }
}

describe('answers of a dispatcher', () => {
  test('go one after the other, each under a key and a time of its own', async () => {
    const { replies, asked, shown, answer } = open()
    replies.write('conv_1', 'Stay calm', 3)
    replies.write('conv_1', 'Help is coming', 3)
    expect(shown()).toEqual([
      ['Stay calm', 'sending'],
      ['Help is coming', 'queued'],
    ])
    await answer(1, true)
    await answer(2, true)
    await expect.poll(() => shown().map(([, status]) => status)).toEqual(['sent', 'sent'])
    expect(asked.map(({ reply }) => reply.key)).toEqual(['key_1', 'key_2'])
    expect(asked[0]!.reply.lease).toBe(3)
    expect(new Set(asked.map(({ reply }) => reply.timestamp)).size).toBe(2)
  })

  test('of two conversations do not wait for each other', () => {
    const { replies, asked } = open()
    replies.write('conv_1', 'a', 1)
    replies.write('conv_2', 'b', 1)
    expect(asked).toHaveLength(2)
  })

  test('that nobody answered are sent again under the same key, and then a person decides', async () => {
    const { replies, asked, delays, shown, answer } = open()
    replies.write('conv_1', 'Stay calm', 1)
    for (const n of [1, 2, 3]) await answer(n, new UnreachableError('gone'))
    await expect.poll(() => shown()).toEqual([['Stay calm', 'failed']])
    expect(delays).toEqual([1_000, 3_000])
    replies.resend('conv_1', 'key_1', 2)
    await answer(4, true)
    await expect.poll(() => shown()).toEqual([['Stay calm', 'sent']])
    expect(new Set(asked.map(({ reply }) => reply.key))).toEqual(new Set(['key_1']))
    expect(new Set(asked.map(({ reply }) => reply.timestamp)).size).toBe(1)
    expect(asked.at(-1)?.reply.lease).toBe(2)
  })

  test('that are refused say why, and hold those behind them until they are given up', async () => {
    const { replies, shown, answer } = open()
    replies.write('conv_1', 'first', 1)
    replies.write('conv_1', 'second', 1)
    await answer(1, HELD_BY_BEN)
    await expect.poll(() => replies.of('conv_1')[0]?.problem).toBe('Ben Okafor holds this call.')
    expect(shown()[1]).toEqual(['second', 'queued'])
    replies.discard('conv_1', 'key_1')
    await answer(2, true)
    await expect.poll(() => shown()).toEqual([['second', 'sent']])
  })

  test('whose answer was lost but which stand in the conversation are done', async () => {
    const { replies, shown, answer } = open()
    replies.write('conv_1', 'first', 1)
    const [first] = replies.of('conv_1')
    await answer(1, HELD_BY_BEN)
    await expect.poll(() => shown()).toEqual([['first', 'failed']])
    replies.write('conv_1', 'second', 1)
    replies.confirm('conv_1', [{ ...first!.message, message_id: 'msg_hash' }])
    await answer(2, true)
    await expect.poll(() => shown()).toEqual([['second', 'sent']])
  })

  test('are not doubled by the same words of somebody else, or of another time', () => {
    const { replies } = open()
    replies.write('conv_1', 'Stay calm', 1)
    const waiting = replies.of('conv_1')
    const own = waiting[0]!.message
    const others = [
      { ...own, sender_id: 'admin_ben' },
      { ...own, timestamp: '2025-10-03T11:58:04+05:30' },
      messageNumber(1),
    ]
    expect(withoutStored(waiting, others)).toBe(waiting)
    expect(withoutStored(waiting, [...others, own])).toEqual([])
  })

  test('that were under way when the page was closed are there again, and are not sent unasked', async () => {
    const { replies, storage } = open()
    replies.write('conv_1', 'Stay calm', 1)
    replies.write('conv_1', 'Half a character \ud83d', 1)
    const again = open({ storage })
    expect(again.shown()).toEqual([
      ['Stay calm', 'failed'],
      ['Half a character \ufffd', 'failed'],
    ])
    expect(again.asked).toEqual([])
    again.replies.resend('conv_1', 'key_1', 1)
    await again.answer(1, true)
    expect(again.asked[0]!.reply.key).toBe('key_1')
  })

  test('are forgotten when the dispatcher logs out', () => {
    const { replies, storage } = open()
    replies.write('conv_1', 'Stay calm', 1)
    replies.clear()
    expect(open({ storage }).shown()).toEqual([])
  })
})
