import { expect, test } from 'vitest'
import { measurePanel } from './measure-panel.ts'
import type { AnswerSentiment } from './answer-schema.ts'
import type { Answered } from './session-store.ts'

let made = 0
function answer(
  text: string,
  sentiment: AnswerSentiment,
  { within = 0.1, confidence = 0.6 }: { within?: number; confidence?: number } = {},
): Answered {
  made += 1
  const leadId = `L${made}`
  return {
    leadId,
    savedAt: '1',
    measure: { within_person: within, controls: [] },
    response: {
      persona: { lead_id: leadId, full_name: `Person ${made}` },
      answer: text,
      answered_at: '2026-01-01T00:00:00.000Z',
      confidence_score: confidence,
      sentiment,
      claims: [],
      facts: [],
      confidence_parts: { retrieval: 1, coverage: 1, agreement: 1 },
      simulated: true,
      model: 'm',
      composed_offline: false,
    },
  }
}
const panel = (answers: Answered[], failed = 0) =>
  measurePanel(
    {
      answers,
      failed: Array.from({ length: failed }, (_, at) => ({
        lead_id: `F${at}`,
        full_name: null,
        reason: 'model-refused' as const,
      })),
    },
    {},
  )

const differing = () => [
  answer('The premium jumps every spring.', 'negative'),
  answer('My roof leaked and nobody paid.', 'negative'),
  answer('Glaciers are not on your form.', 'negative'),
  answer('Doctors already check me each year.', 'negative'),
  answer('Honest people answered my letter.', 'positive'),
  answer('Cows need milking at five.', 'neutral'),
]

test('a panel of people who differ is a hint, and never more than that', () => {
  const quality = panel(differing())
  expect(quality).toMatchObject({ n: 6, verdict: 'indicative', reasons: [] })
  expect(quality.label).toContain('not a survey')
  expect(quality.spread?.wording).toBeGreaterThan(0.8)
  expect(quality.near_identical.alarm).toBe(false)
  expect(quality.noise?.distinguishable).toBe(true)
})

test('who stands against most is kept, with their words', () => {
  const { dissent } = panel(differing())
  expect(dissent.map(({ sentiment }) => sentiment)).toEqual(['positive', 'neutral'])
  expect(dissent[0]?.answer).toBe('Honest people answered my letter.')
})

test.each<[string, () => ReturnType<typeof panel>, RegExp]>([
  [
    'nearly the same answers',
    () => panel(Array.from({ length: 6 }, () => answer('Price is all.', 'neutral'))),
    /nearly the same/,
  ],
  ['too few people', () => panel(differing().slice(0, 3)), /too few/],
  [
    'one side only',
    () =>
      panel(
        differing().map((each) => ({
          ...each,
          response: { ...each.response, sentiment: 'positive' as const },
        })),
      ),
    /same side/,
  ],
  [
    'noise as large as the difference',
    () => panel(differing().map((each) => ({ ...each, measure: { within_person: 0.9, controls: [] } }))),
    /Asked again/,
  ],
  [
    'little that is known',
    () =>
      panel(differing().map((each) => ({ ...each, response: { ...each.response, confidence_score: 0.1 } }))),
    /Little/,
  ],
  ['many who failed', () => panel(differing(), 3), /could not be asked/],
  [
    'many who did not know',
    () => panel([...differing(), ...Array.from({ length: 8 }, () => answer('I don’t know.', 'unknown'))]),
    /did not know/,
  ],
  [
    'answers without a model',
    () =>
      panel(differing().map((each) => ({ ...each, response: { ...each.response, composed_offline: true } }))),
    /without a language model/,
  ],
])('%s make a result that is not to be relied on, and the label says why', (_, measured, reason) => {
  const quality = measured()
  expect(quality.verdict).toBe('do-not-rely')
  expect(quality.label).toContain('do not rely')
  expect(quality.reasons.join('\n')).toMatch(reason)
})

test('nobody at all is measured without fault', () => {
  expect(panel([])).toMatchObject({
    n: 0,
    spread: null,
    noise: null,
    mean_confidence: null,
    verdict: 'do-not-rely',
  })
})
