import pLimit from 'p-limit'
import { type Model, type ModelAnswer, ModelError, OFFLINE_MODEL } from '../models/model.ts'
import type { TranscriptMessage } from '../models/offline/transcript.ts'
import { keepProven } from './keep-proven.ts'
import type { SummaryContent, SummaryType } from './schema.ts'
import { lineOf, summarizeJob, type SummarizeInput } from './summarize-job.ts'

/** An earlier summary, and how many messages from the beginning it covers. */
export interface Earlier {
  content: SummaryContent
  count: number
}

export interface SummarizeOptions {
  type: SummaryType
  earlier?: Earlier | undefined
  signal?: AbortSignal
  /** For all that the model is asked; plain methods do the work of one that has not answered by then. */
  deadlineMs?: number
}

/** Calls of the model for the parts of one conversation at the same time. */
const AT_ONCE = 4

/**
 * Summarizes a conversation, proven by its messages. One that is too long for a prompt is summarized in parts that are
 * then made one, or on top of what is known of its beginning. Where the model fails, or says nothing that the messages
 * prove, plain methods do the whole.
 *
 * @throws the signal's reason only
 */
export async function summarize(
  { model }: { model: Model },
  transcript: readonly TranscriptMessage[],
  { type, earlier, signal, deadlineMs }: SummarizeOptions,
): Promise<ModelAnswer<SummaryContent>> {
  const late = deadlineMs === undefined ? undefined : AbortSignal.timeout(deadlineMs)
  const signals = [signal, late].filter((each) => each !== undefined)
  const options = { onFailure: 'throw' as const, signal: AbortSignal.any(signals) }
  const limit = pLimit(AT_ONCE)
  const run = (rest: Pick<SummarizeInput, 'parts' | 'tail'>) =>
    model.run(summarizeJob, { type, transcript, ...rest }, options)

  async function runAll(): Promise<ModelAnswer<SummaryContent>> {
    const budget = model.promptCharacters ?? Infinity
    if (sizeOf(transcript) <= budget) return run({ parts: [], tail: transcript })
    const parts = earlier === undefined ? [] : [earlier.content]
    const tail = earlier === undefined ? transcript : transcript.slice(earlier.count)
    const chunks = runsOf(tail, lengthOf, budget)
    if (chunks.length <= 1) return run({ parts, tail })
    const answers = await Promise.all(chunks.map((chunk) => limit(() => run({ parts: [], tail: chunk }))))
    return merge([...parts, ...answers.map(({ output }) => output)], budget)
  }

  /** Of so many parts that no prompt holds them all, groups are made one first. */
  async function merge(parts: SummaryContent[], budget: number): Promise<ModelAnswer<SummaryContent>> {
    const groups = runsOf(parts, (part) => JSON.stringify(part).length, budget)
    if (groups.length <= 1 || groups.length === parts.length) return run({ parts, tail: [] })
    const merged = await Promise.all(groups.map((group) => limit(() => run({ parts: group, tail: [] }))))
    return merge(
      merged.map(({ output }) => output),
      budget,
    )
  }

  const answer = await runAll().catch((error: unknown) => {
    signal?.throwIfAborted()
    if (error instanceof ModelError || late?.aborted) return undefined
    throw error
  })
  const proven = answer && keepProven(answer.output, transcript)
  if (proven && (proven.lines.length > 0 || answer.model === OFFLINE_MODEL)) {
    return { ...answer, output: proven }
  }
  const output = summarizeJob.offline({ type, transcript, parts: [], tail: transcript })
  return { output: keepProven(output, transcript), model: OFFLINE_MODEL, isFallback: true }
}

const lengthOf = (message: TranscriptMessage): number => lineOf(message).length + 1

const sizeOf = (messages: readonly TranscriptMessage[]): number =>
  messages.reduce((sum, message) => sum + lengthOf(message), 0)

/** Runs of items that a prompt can hold; one that is too long by itself is a run of its own. */
function runsOf<T>(items: readonly T[], sizeOf: (item: T) => number, budget: number): T[][] {
  const runs: T[][] = []
  let size = Infinity
  for (const item of items) {
    const length = sizeOf(item)
    if (size + length > budget) {
      runs.push([])
      size = 0
    }
    runs.at(-1)?.push(item)
    size += length
  }
  return runs
}
