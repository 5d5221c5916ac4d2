import { expect, test } from 'vitest'
import { summarizeOffline } from '../models/offline/summarize.ts'
import { keepProven } from './keep-proven.ts'
import type { SummaryContent } from './schema.ts'
import { SMOKE } from './testing/transcripts.ts'

const contentOf = (parts: Partial<SummaryContent>): SummaryContent => ({
  lines: [],
  done: [],
  open_questions: [],
  action_items: [],
  sentiment: 'negative',
  keywords: [],
  ...parts,
})
const linesOf = (...lines: [text: string, ...evidence: string[]][]) =>
  keepProven(contentOf({ lines: lines.map(([text, ...evidence]) => ({ text, evidence })) }), SMOKE).lines

test('keeps a line that the cited messages prove', () => {
  const line = { text: 'There is smoke in hall 4; Meena is inside, says Ravi.', evidence: ['m1'] }
  expect(linesOf([line.text, ...line.evidence])).toEqual([line])
})

test('a speaker may be named, also by a name with a number in it', () => {
  const transcript = [{ message_id: 'm1', speaker: 'Worker 7', role: 'user', content: 'I am hurt' }]
  const lines = [{ text: 'Worker 7 is hurt.', evidence: ['m1'] }]
  expect(keepProven(contentOf({ lines }), transcript).lines).toEqual(lines)
})

test('a speaker with a number in an account’s name may begin a line, with a capital', () => {
  const transcript = [{ message_id: 'm1', speaker: 'user_1', role: 'user', content: 'My parcel is late' }]
  const { lines } = summarizeOffline(transcript)
  expect(lines).toHaveLength(1)
  const content = contentOf({ lines: lines.map((line) => ({ ...line, evidence: [...line.evidence] })) })
  expect(keepProven(content, transcript).lines).toEqual(lines)
})

test('who is known by an account may be called by the name in it, and nobody else by theirs', () => {
  const transcript = [{ message_id: 'm1', speaker: 'john_doe', role: 'user', content: 'Hello team' }]
  const lines = (...texts: string[]) => texts.map((text) => ({ text, evidence: ['m1'] }))
  const told = lines('The team is greeted by John Doe.', 'The team is greeted by Jane Doe.')
  expect(keepProven(contentOf({ lines: told }), transcript).lines).toEqual(told.slice(0, 1))
})

test('drops a line that cites nothing, or only messages that are not there', () => {
  expect(linesOf(['There is smoke.'], ['There is smoke.', 'm99', '__proto__'])).toEqual([])
})

test('takes out the ids that are not there and keeps the others, once each', () => {
  expect(linesOf(['There is smoke.', 'm1', 'm99', 'm1'])).toEqual([
    { text: 'There is smoke.', evidence: ['m1'] },
  ])
})

test('drops a line with a number or a name that the cited messages do not hold', () => {
  expect(
    linesOf(
      ['There is smoke in hall 5.', 'm1'],
      ['There is smoke in hall 4.', 'm3'],
      ['Ravi says that Priya is inside.', 'm1'],
      ['Ravi says that Meena is inside.', 'm3'],
    ),
  ).toEqual([])
})

test('judges actions, questions, what was done and keywords in the same way', () => {
  const kept = keepProven(
    contentOf({
      done: [
        { text: 'Ava called the fire brigade.', evidence: ['m4'] },
        { text: 'Ava called 112.', evidence: ['m4'] },
      ],
      open_questions: [{ text: 'How long will they need?', evidence: ['m6'] }],
      action_items: [{ text: 'Stay outside.', owner: 'Ravi', evidence: ['m4'] }],
      keywords: [
        { keyword: 'smoke', evidence: ['m1'] },
        { keyword: 'gas', evidence: [] },
      ],
    }),
    SMOKE,
  )
  expect(kept).toEqual(
    contentOf({
      done: [{ text: 'Ava called the fire brigade.', evidence: ['m4'] }],
      action_items: [{ text: 'Stay outside.', owner: 'Ravi', evidence: ['m4'] }],
      keywords: [{ keyword: 'smoke', evidence: ['m1'] }],
    }),
  )
})
