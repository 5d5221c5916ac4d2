import { z } from 'zod'
import pLimit from 'p-limit'
import { Id } from '../platform/schema.ts'
import type { TaskQueues } from '../tasks/queues.ts'

/**
 * One prospect to be asked, or a stretch of the session's prospects that are to be queued one by one: a request that
 * asks hundreds makes a few tasks and leaves the rest to them.
 */
export const AnswerTask = z.union([
  z.object({ session_id: Id, lead_id: Id, sweep: z.int() }),
  z.object({ session_id: Id, first: z.int().nonnegative(), count: z.int().positive(), sweep: z.int() }),
])
export type AnswerTask = z.infer<typeof AnswerTask>

export const SummaryTask = z.object({ session_id: Id })
export type SummaryTask = z.infer<typeof SummaryTask>

/** So many tasks one request or one spreading task makes. */
const STRETCH = 25

export interface Queued {
  tasks: Pick<TaskQueues, 'enqueue'>
}

const answerKey = (sessionId: string, leadId: string, sweep: number) => `${sessionId}/${leadId}/${sweep}`

/** Queues one task for each prospect, directly. Repeating it makes no second task. */
export async function queueAnswers(
  { tasks }: Queued,
  sessionId: string,
  leadIds: readonly string[],
  sweep: number,
): Promise<void> {
  const limit = pLimit(STRETCH)
  await limit.map(leadIds, (lead_id) =>
    tasks.enqueue('answerAsProspect', {
      key: answerKey(sessionId, lead_id, sweep),
      data: { session_id: sessionId, lead_id, sweep },
    }),
  )
}

/** Queues them all, however many: a few directly, hundreds by way of tasks that queue a stretch each. */
export async function queueSession(
  queued: Queued,
  sessionId: string,
  leadIds: readonly string[],
): Promise<void> {
  const sweep = 0
  if (leadIds.length <= STRETCH) return queueAnswers(queued, sessionId, leadIds, sweep)
  const firsts = Array.from({ length: Math.ceil(leadIds.length / STRETCH) }, (_, at) => at * STRETCH)
  await Promise.all(
    firsts.map((first) =>
      queued.tasks.enqueue('answerAsProspect', {
        key: `${sessionId}/stretch/${first}`,
        data: { session_id: sessionId, first, count: STRETCH, sweep },
      }),
    ),
  )
}

/** Takes out what has not begun. Also what was never queued, or has gone, is no error. */
export async function dequeueAnswers(
  { tasks }: { tasks: Pick<TaskQueues, 'remove'> },
  sessionId: string,
  leadIds: readonly string[],
  sweep: number,
): Promise<void> {
  const limit = pLimit(2 * STRETCH)
  await limit.map(leadIds, (leadId) => tasks.remove('answerAsProspect', answerKey(sessionId, leadId, sweep)))
}

/** Queues the summary; the same one only once. */
export const queueSummary = ({ tasks }: Queued, sessionId: string, sweep: number): Promise<void> =>
  tasks.enqueue('summarizeSession', { key: `${sessionId}/summary/${sweep}`, data: { session_id: sessionId } })
