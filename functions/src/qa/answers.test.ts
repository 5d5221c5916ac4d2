import { expect, test } from 'vitest'
import { testConfig } from '../platform/testing/test-config.ts'
import type { Model, ModelJob } from '../models/model.ts'
import { ModelError } from '../models/model.ts'
import { type AnswerInput, type PersonaAnswer, answerJob } from './answer-job.ts'
import { askProspect } from './ask-prospect.ts'
import { citeOnly, coverageOf } from './confidence.ts'
import { sentimentOf } from './sentiment.ts'
import { indexFacts } from '../prospects/retrieve-facts.ts'
import { threePeople } from './testing/people.ts'

const [john] = threePeople
const question = {
  question: 'What worries you about life insurance?',
  context: {} as Record<string, unknown>,
}

/** A model that gives these answers one after the other. */
function saying(...answers: (PersonaAnswer | ModelError)[]): Model {
  let at = 0
  return {
    async run<I, O>(job: ModelJob<I, O>) {
      const next = answers[at]
      at += 1
      if (next === undefined) throw new Error('asked once too often')
      if (next instanceof ModelError) throw next
      return { output: job.schema.parse(next), model: 'm', isFallback: false }
    },
  }
}
async function ask(model: Model, asked: Partial<typeof question> = {}) {
  if (john === undefined) throw new Error('nobody to ask')
  const deps = { model, config: testConfig() }
  const { signal } = new AbortController()
  return askProspect(deps, { prospect: john, question: { ...question, ...asked }, signal })
}
const said = (answer: string, fact_ids: string[]): PersonaAnswer => ({
  answer,
  claims: [{ text: answer, fact_ids }],
  sentiment: 'negative',
})

test('facts that do not exist are not cited, and what rests on nothing costs confidence', async () => {
  const honest = await ask(
    saying(said('My family must be paid.', ['J1']), said('My family must be paid.', ['J1'])),
  )
  const inventing = await ask(saying(said('My yacht sank.', ['J9']), said('My yacht sank.', ['J9'])))
  expect(honest.answer.claims).toEqual([{ text: 'My family must be paid.', fact_ids: ['J1'] }])
  expect(honest.answer.facts.map(({ fact_id }) => fact_id)).toEqual(['J1'])
  expect(honest.answer.confidence_score).toBeGreaterThan(0.3)
  expect(inventing.answer.claims[0]?.fact_ids).toEqual([])
  expect(inventing.answer.confidence_score).toBe(0)
})

test('an answer that changes when asked again is less sure than one that does not', async () => {
  const steady = await ask(saying(said('My family first.', ['J1']), said('My family first.', ['J1'])))
  const swaying = await ask(
    saying(said('My family first.', ['J1']), { ...said('Phones that ring.', ['J2']), sentiment: 'positive' }),
  )
  expect(steady.answer.confidence_parts.agreement).toBe(1)
  expect(steady.measure.within_person).toBe(0)
  expect(swaying.answer.confidence_parts.agreement).toBe(0)
  expect(swaying.measure.within_person).toBe(1)
})

test('where it cannot be asked again there is no confidence, and the answer is kept', async () => {
  const once = await ask(saying(said('My family.', ['J1']), new ModelError('x', { isTransient: true })))
  expect(once.answer).toMatchObject({ answer: 'My family.', confidence_score: null })
  expect(once.measure.within_person).toBeNull()
})

test('all that is asked of one person is asked at once', async () => {
  const all = Promise.withResolvers<void>()
  let running = 0
  const model: Model = {
    async run(job) {
      running += 1
      if (running === 3) all.resolve()
      await all.promise
      return { output: job.schema.parse(said('My family first.', ['J1'])), model: 'm', isFallback: false }
    },
  }
  const control_questions = [{ question: 'Who comes first?', expected: { 'LEAD-1001': 'family' } }]
  const { answer, measure } = await ask(model, { context: { control_questions } })
  expect(answer.confidence_parts.agreement).toBe(1)
  expect(measure).toEqual({ within_person: 0, controls: [{ index: 0, right: true }] })
})

test('when asking fails once, what the other time gave is the answer, and nobody is asked again', async () => {
  const once = await ask(saying(new ModelError('x', { isTransient: true }), said('My family.', ['J1'])))
  expect(once.answer).toMatchObject({ answer: 'My family.', confidence_score: null })
})

test.each([
  [[false, false], false],
  [[false, true], true],
])(
  'without an answer there is none, and another attempt is worth it if one of the failures was',
  async (failures, isTransient) => {
    const model = saying(...failures.map((isTransient) => new ModelError('x', { isTransient })))
    await expect(ask(model)).rejects.toMatchObject({ isTransient })
  },
)

test('without an answer, the questions that were to measure it are broken off', async () => {
  let broken = 0
  const model: Model = {
    async run(_job, input, { signal } = {}) {
      if ((input as AnswerInput).question !== 'Who?') throw new ModelError('x', { isTransient: false })
      const aborted = Promise.withResolvers<never>()
      signal?.addEventListener('abort', () => {
        broken += 1
        aborted.reject(signal.reason)
      })
      return aborted.promise
    },
  }
  const control_questions = [{ question: 'Who?', expected: { 'LEAD-1001': 'me' } }]
  await expect(ask(model, { context: { control_questions } })).rejects.toThrow(ModelError)
  expect(broken).toBe(1)
})

test('claiming a little of what one says does not make it covered', () => {
  const claims = citeOnly([{ text: 'family', fact_ids: ['J1', 'J1', 'no'] }], new Set(['J1']))
  expect(claims).toEqual([{ text: 'family', fact_ids: ['J1'] }])
  const long = 'My family lives in a castle with horses, servants, gardens and a private airport.'
  expect(coverageOf(long, claims)).toBeLessThan(0.3)
})

test.each([
  ['I trust them, they are honest.', 'positive'],
  ['They refuse every claim and lie.', 'negative'],
  ['I do not trust them.', 'negative'],
  ['It costs twelve a month.', 'neutral'],
])('“%s” is %s', (text, sentiment) => {
  expect(sentimentOf(text)).toBe(sentiment)
})

test('the question reaches the model as data, beside what is known of the person', () => {
  if (john === undefined) throw new Error('nobody to ask')
  const input = { persona: john, known: indexFacts(john.facts), question: 'Q?', image: null, repeat: 0 }
  const prompt = answerJob.prompt(input)
  expect(prompt[0]?.content).not.toContain('Q?')
  expect(prompt[1]?.content).toContain('<<<\nQ?\n>>>')
  expect(prompt[1]?.content).toContain('[J1]')
})
