import { z } from 'zod'
import { readAccepted, writeGuarded } from '../../conversations/guarded-write.ts'
import type { Directory } from '../../conversations/directory.ts'
import { readMessages } from '../../conversations/store.ts'
import type { Deps } from '../../deps.ts'
import { Id } from '../../platform/schema.ts'
import { begin, finish } from '../../tasks/one-in-flight.ts'
import { defineTask } from '../../tasks/task.ts'
import { readLiveSummary } from '../read-live-summary.ts'
import { toTranscript } from '../read-transcript.ts'
import { type LiveSummaryRecord, SummaryContent } from '../schema.ts'
import { type Earlier, summarize } from '../summarize.ts'

export type LiveSummaryDeps = Pick<
  Deps,
  'writes' | 'guarded' | 'transactions' | 'tasks' | 'clock' | 'log' | 'shutdown' | 'model'
> & { directory: Directory }

/** Of the time that a task may take; what is left is for reading and writing, ms. */
const MODEL_MS = 90_000

/** Brings the live summary of an active call up to its last message. */
export const summarizeCall = defineTask({
  queue: 'summarizeCall',
  data: z.object({ conversation_id: Id }),
  run: async (deps: LiveSummaryDeps, { conversation_id: conversationId }, { taskId: by }) => {
    // An attempt after one that was killed finds its own name there, and goes on.
    if (!(await begin(deps, `summary_work/${conversationId}`, by))) return
    let wanted: boolean
    try {
      await bringUpToDate(deps, conversationId)
    } finally {
      wanted = await finish(deps, `summary_work/${conversationId}`, by)
    }
    if (!wanted) return
    // Its name says why: the one that was asked for while this one ran.
    await deps.tasks.enqueue('summarizeCall', {
      key: `${conversationId}/after/${by}`,
      data: { conversation_id: conversationId },
    })
  },
})

/** @returns `current`: it covered the last message already, so no model was asked */
export async function bringUpToDate(
  deps: LiveSummaryDeps,
  conversationId: string,
): Promise<'written' | 'current' | 'gone' | 'overtaken'> {
  const { writes, clock, log, directory, shutdown } = deps
  const messages = await readMessages({ database: writes, clock, log }, conversationId)
  const last = messages?.at(-1)
  if (messages === undefined || last === undefined) return 'gone'
  const before = readLiveSummary(conversationId, await readAccepted(deps, `live_summaries/${conversationId}`))
  if (before?.covers_up_to === last.id && before.covers_count === messages.length) return 'current'

  const at = before === null ? -1 : messages.findIndex(({ id }) => id === before.covers_up_to)
  // Only a run from the beginning is covered: a message may have come in among those that were there.
  const earlier: Earlier | undefined =
    before !== null && at + 1 === before.covers_count
      ? { content: SummaryContent.parse(before), count: at + 1 }
      : undefined
  const transcript = await toTranscript(directory, messages)
  const answer = await summarize(deps, transcript, {
    type: 'brief',
    earlier,
    signal: shutdown,
    deadlineMs: MODEL_MS,
  })
  const record: LiveSummaryRecord = {
    content: JSON.stringify(answer.output),
    model: answer.model,
    is_fallback: answer.isFallback,
    covers_up_to: last.id,
    covers_at: last.at,
    covers_count: messages.length,
    updated_at: clock.now(),
  }
  // The rules refuse what is older than what is there, and what belongs to no conversation any more.
  const outcome = await writeGuarded(deps, { [`live_summaries/${conversationId}`]: record })
  if (outcome === 'refused') return 'overtaken'
  log.info({ conversationId, model: answer.model, covers: messages.length }, 'live summary written')
  return 'written'
}
