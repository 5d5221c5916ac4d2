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
}

/** Calls of the model for the parts of one conversation at the same time. */
const AT_ONCE = 4

/**
 * Summarizes a conversation, proven by its messages. One that is too long for a prompt is summarized in parts that are
 * then made one, or on top of what is known of its beginning. Where the model fails, plain methods do the whole.
 *
 * @throws the signal's reason only
 */
export async function summarize(
  { model }: { model: Model },
  transcript: readonly TranscriptMessage[],
  { type, earlier, signal }: SummarizeOptions,
): Promise<ModelAnswer<SummaryContent>> {
  const options = { onFailure: 'throw' as const, ...(signal && { signal }) }
  const run = (rest: Pick<SummarizeInput, 'parts' | 'tail'>) =>
    model.run(summarizeJob, { type, transcript, ...rest }, options)

  async function runAll(): Promise<ModelAnswer<SummaryContent>> {
    const budget = model.promptCharacters ?? Infinity
    if (sizeOf(transcript) <= budget) return run({ parts: [], tail: transcript })
    const parts = earlier === undefined ? [] : [earlier.content]
    const tail = earlier === undefined ? transcript : transcript.slice(earlier.count)
    const chunks = chunksOf(tail, budget)
    if (chunks.length <= 1) return run({ parts, tail })
    const limit = pLimit(AT_ONCE)
    const answers = await Promise.all(chunks.map((chunk) => limit(() => run({ parts: [], tail: chunk }))))
    return run({ parts: [...parts, ...answers.map(({ output }) => output)], tail: [] })
  }

  const answer = await runAll().catch((error: unknown): ModelAnswer<SummaryContent> => {
    if (!(error instanceof ModelError)) throw error
    const output = summarizeJob.offline({ type, transcript, parts: [], tail: transcript })
    return { output, model: OFFLINE_MODEL, isFallback: true }
  })
  return { ...answer, output: keepProven(answer.output, transcript) }
}

const sizeOf = (messages: readonly TranscriptMessage[]): number =>
  messages.reduce((sum, message) => sum + lineOf(message).length + 1, 0)

/** Runs of messages that a prompt can hold; one that is too long by itself is a run of its own. */
function chunksOf(messages: readonly TranscriptMessage[], budget: number): TranscriptMessage[][] {
  const chunks: TranscriptMessage[][] = []
  let size = Infinity
  for (const message of messages) {
    const length = lineOf(message).length + 1
    if (size + length > budget) {
      chunks.push([])
      size = 0
    }
    chunks.at(-1)?.push(message)
    size += length
  }
  return chunks
}
