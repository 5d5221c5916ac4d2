import { expect, test } from 'vitest'
import { typingFrame } from './typing-frame.ts'

const CALL = { call_id: 'call_1', conversation_id: 'conv_1' } as Parameters<typeof typingFrame>[0]
const dataOf = (saidAt: number | undefined, now: number): unknown => {
  const sse = typingFrame(CALL, saidAt, now)?.sse().toString()
  return sse === undefined ? undefined : JSON.parse(/^data: (.*)$/m.exec(sse)?.[1] ?? '')
}

test.each([
  ['just now', 10_000, 6_000],
  ['by a clock that is ahead', 11_000, 6_000],
  ['a while ago', 5_500, 1_500],
])('a word that was said %s holds for the rest of its six seconds', (_, saidAt, expires_in_ms) => {
  expect(dataOf(saidAt, 10_000)).toEqual({ ...CALL, typing: true, expires_in_ms })
})

test('one that has lost its force is not told, and one that is taken back is', () => {
  expect(dataOf(4_000, 10_000)).toBeUndefined()
  expect(dataOf(undefined, 10_000)).toEqual({ ...CALL, typing: false, expires_in_ms: 0 })
})
