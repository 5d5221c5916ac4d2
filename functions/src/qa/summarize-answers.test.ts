import { expect, test } from 'vitest'
import { type Model, ModelError, type ModelJob, OFFLINE_MODEL, type RunOptions } from '../models/model.ts'
import { manualClock } from '../platform/testing/manual-clock.ts'
import { summarizeAnswers } from './summarize-answers.ts'
import type { PanelSummary, SummaryInput } from './summary-job.ts'

const answers = Array.from({ length: 300 }, (_, at) => ({
  lead_id: `LEAD-${at}`,
  name: `Person ${at}`,
  answer: `The price worries me, for the ${at}th time, and so does the small print of it.`,
  sentiment: 'negative' as const,
}))
const wanted = { question: 'What worries you?', style: 'concise' as const, focusAreas: [], answers }
const patient = { deadlineMs: 1_000, onFailure: 'offline' as const }

/** A model that says whose answers it was told of, and keeps what it was told. */
function reading(promptCharacters: number, before: (signal?: AbortSignal) => Promise<void> = async () => {}) {
  const told: { input: SummaryInput; prompt: string }[] = []
  const model: Model = {
    promptCharacters,
    async run<I, O>(job: ModelJob<I, O>, input: I, { signal }: RunOptions = {}) {
      await before(signal)
      const { tail, parts } = input as SummaryInput
      told.push({
        input: input as SummaryInput,
        prompt: job
          .prompt(input)
          .map(({ content }) => content)
          .join('\n'),
      })
      const lead_ids = [
        ...tail.map(({ lead_id }) => lead_id),
        ...parts.flatMap(({ key_insights }) => key_insights.flatMap(({ lead_ids }) => lead_ids)),
      ]
      const summary: PanelSummary = {
        summary_text: 'They worry.',
        key_insights: [{ text: 'Worry.', lead_ids }],
        common_themes: [],
      }
      return { output: job.schema.parse(summary), model: 'm', isFallback: false }
    },
  }
  return { model, told, clock: manualClock() }
}

test('hundreds of answers are told in parts that fit, each answer once and whole, and the parts are made one', async () => {
  const { told, ...deps } = reading(6_000)
  const { output, model } = await summarizeAnswers(deps, wanted, patient)
  expect(model).toBe('m')
  expect(told.flatMap(({ input }) => input.tail)).toEqual(answers)
  expect(told.length).toBeGreaterThan(5)
  for (const { prompt } of told) expect(prompt.length).toBeLessThan(6_000 + 2_500)
  for (const { answer } of answers)
    expect(told.filter(({ prompt }) => prompt.includes(answer))).toHaveLength(1)
  expect(output.key_insights[0]?.lead_ids.toSorted()).toEqual(answers.map((each) => each.lead_id).toSorted())
  expect(told.at(-1)?.input).toMatchObject({ tail: [] })
})

test('what fits is told at once', async () => {
  const { told, ...deps } = reading(60_000)
  await summarizeAnswers(deps, wanted, patient)
  expect(told).toHaveLength(1)
})

test('when the model fails at one part, plain methods do the whole, or the failure is told', async () => {
  let calls = 0
  const failing = async () => {
    calls += 1
    if (calls === 3) throw new ModelError('busy', { isTransient: true })
  }
  const { told: _, ...deps } = reading(6_000, failing)
  const summary = await summarizeAnswers(deps, wanted, patient)
  expect(summary).toMatchObject({ model: OFFLINE_MODEL, isFallback: true })
  expect(summary.output.summary_text).toContain('300 simulated people answered.')
  calls = 0
  await expect(summarizeAnswers(deps, wanted, { ...patient, onFailure: 'throw' })).rejects.toThrow('busy')
})

test('it takes no longer than it may, however many parts there are', async () => {
  const never = (signal?: AbortSignal) =>
    new Promise<void>((_, reject) =>
      signal?.addEventListener('abort', () => reject(signal.reason), { once: true }),
    )
  const { told: _, ...deps } = reading(60_000, never)
  const summary = summarizeAnswers(deps, wanted, patient)
  deps.clock.advance(1_000)
  await expect(summary).resolves.toMatchObject({ model: OFFLINE_MODEL, isFallback: true })
  expect(deps.clock.pending).toBe(0)
})

test('a fault of ours is not hidden behind plain methods', async () => {
  const model: Model = { run: () => Promise.reject(new TypeError('a bug')) }
  await expect(summarizeAnswers({ model, clock: manualClock() }, wanted, patient)).rejects.toThrow('a bug')
})
