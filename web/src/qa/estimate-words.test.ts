import type { QuestionEstimate } from '@lifeline/functions/contract'
import { expect, test } from 'vitest'
import { sayEstimate } from './estimate-words.ts'

const NOW = Date.parse('2025-06-15T10:00:00Z')
const say = (change: Partial<QuestionEstimate>, count = 12) =>
  sayEstimate(
    {
      estimated_completion_time: 38,
      measured_on: { sessions: 5, fewest_prospects: 3, most_prospects: 12 },
      prospects_ahead: 0,
      model: 'some-model',
      model_calls: 1_025,
      questions: { left: 199, limit: 200 },
      answers: { left: 19_988, limit: 20_000 },
      resets_at: '2025-06-16T00:00:00Z',
      ...change,
    },
    count,
    NOW,
  )

test('how long it takes is said with what it was measured on', () => {
  expect(say({}).time).toBe('About 40 seconds, by your last 5 sessions of 3 to 12 people.')
  const once = { sessions: 1, fewest_prospects: 1, most_prospects: 1 }
  expect(say({ measured_on: once, estimated_completion_time: 4 }).time).toBe(
    'A few seconds, by your last session of 1 person.',
  )
  expect(say({ prospects_ahead: 500 }).time).toBe(
    'About 40 seconds, 500 people of other sessions first, by your last 5 sessions of 3 to 12 people.',
  )
})

test('what nobody has measured is called assumed', () => {
  expect(say({ measured_on: null }).time).toMatch(/^About 40 seconds: assumed/)
})

test('calls of the model are counted, and their absence is said', () => {
  expect(say({}).calls).toBe('1,025 calls to some-model, and more if some fail.')
  expect(say({ model: null, model_calls: 0 }).calls).toMatch(/^No language model/)
})

test('what is left of today is told, and what does not reach before it is refused', () => {
  expect(say({})).toMatchObject({
    left: 'Left today: 199 questions, and 19,988 answers for your company.',
    problem: null,
  })
  expect(say({ questions: { left: 0, limit: 200 } }).problem).toMatch(
    /^You have no questions left today\. There is more .*\.$/,
  )
  const few = { left: 11, limit: 20_000 }
  expect(say({ answers: few }).problem).toMatch(
    /^Your company has 11 answers left today, and this needs 12\./,
  )
  expect(say({ answers: few }, 11).problem).toBeNull()
})
