import { type Model, type ModelAnswer, ModelError, OFFLINE_MODEL } from '../models/model.ts'
import type { TranscriptMessage } from '../models/offline/transcript.ts'
import { runInParts } from '../models/run-in-parts.ts'
import { keepToPeople } from './assistant-part.ts'
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
  const run = (rest: Pick<SummarizeInput, 'parts' | 'tail'>) =>
    model.run(summarizeJob, { type, transcript, ...rest }, options)

  const budget = model.promptCharacters ?? Infinity
  const isWhole = earlier === undefined || sizeOf(transcript) <= budget
  const told = isWhole
    ? { items: transcript }
    : { items: transcript.slice(earlier.count), earlier: [earlier.content] }

  const answer = await runInParts({ ...told, lengthOf, budget }, run).catch((error: unknown) => {
    signal?.throwIfAborted()
    if (error instanceof ModelError || late?.aborted) return undefined
    throw error
  })
  const proven = answer && check(answer.output, transcript)
  if (proven && (proven.lines.length > 0 || answer.model === OFFLINE_MODEL)) {
    return { ...answer, output: proven }
  }
  const output = summarizeJob.offline({ type, transcript, parts: [], tail: transcript })
  return { output: check(output, transcript), model: OFFLINE_MODEL, isFallback: true }
}

/** Whatever made it. */
const check = (content: SummaryContent, transcript: readonly TranscriptMessage[]): SummaryContent =>
  keepToPeople(keepProven(content, transcript), transcript)

const lengthOf = (message: TranscriptMessage): number => lineOf(message).length + 1

const sizeOf = (messages: readonly TranscriptMessage[]): number =>
  messages.reduce((sum, message) => sum + lengthOf(message), 0)
