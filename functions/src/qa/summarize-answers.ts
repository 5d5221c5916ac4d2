import type { Deps } from '../deps.ts'
import { type Model, type ModelAnswer, ModelError, OFFLINE_MODEL } from '../models/model.ts'
import { runInParts } from '../models/run-in-parts.ts'
import { type PanelSummary, type SummaryInput, lineOf, summaryJob } from './summary-job.ts'

export interface SummarizeOptions {
  /** For all that the model is asked, ms. */
  deadlineMs: number
  /** What a failure of the model becomes: the summary by plain methods, marked, or a `ModelError`. */
  onFailure: 'offline' | 'throw'
}

/**
 * Summarizes all answers; more than a prompt holds are summarized in parts that are then made one. When the model fails at
 * any of it, plain methods do the whole.
 *
 * @throws ModelError with `onFailure: 'throw'`
 */
export async function summarizeAnswers(
  { model, clock }: Pick<Deps, 'clock'> & { model: Model },
  wanted: Omit<SummaryInput, 'parts' | 'tail'>,
  { deadlineMs, onFailure }: SummarizeOptions,
): Promise<ModelAnswer<PanelSummary>> {
  const { answers } = wanted
  const budget = model.promptCharacters ?? Infinity
  const late = new AbortController()
  const stopTimer = clock.after(deadlineMs, () =>
    late.abort(new ModelError('the summary took too long', { isTransient: true })),
  )
  try {
    return await runInParts(
      { items: answers, lengthOf: (answer) => lineOf(answer).length + 1, budget },
      (told) => model.run(summaryJob, { ...wanted, ...told }, { onFailure: 'throw', signal: late.signal }),
    )
  } catch (error) {
    if (!(error instanceof ModelError) || onFailure === 'throw') throw error
    const output = summaryJob.offline({ ...wanted, parts: [], tail: answers })
    return { output, model: OFFLINE_MODEL, isFallback: true }
  } finally {
    stopTimer()
  }
}
