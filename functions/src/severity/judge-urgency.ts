import { z } from 'zod'
import type { CallRecord, UrgencyFloorRecord } from '../calls/schema.ts'
import { readLatest } from '../conversations/read-latest.ts'
import type { ReadMessage } from '../conversations/read-message.ts'
import { readCallOf } from '../conversations/store.ts'
import type { Deps } from '../deps.ts'
import { type ModelAnswer, ModelError } from '../models/model.ts'
import { Id } from '../platform/schema.ts'
import { defineTask } from '../tasks/task.ts'
import { applyFloor } from './apply-floor.ts'
import { type Judgement, judgeJob } from './judge-job.ts'
import { isMoreUrgent } from './urgency-floor.ts'

export type JudgeDeps = Pick<
  Deps,
  'writes' | 'transactions' | 'clock' | 'log' | 'shutdown' | 'model' | 'config'
>

/** Of a long conversation the end tells how things stand. */
const MAX_READ = 30
/** With its retries; what comes later than this comes too late to be first, ms. */
const MODEL_MS = 20_000

type Outcome = 'raised' | 'unchanged' | 'gone' | 'quiet' | 'unproven' | 'failed'

/** Has a model say whether a call is more urgent than its words by themselves say. */
export const judgeUrgency = defineTask({
  queue: 'judgeUrgency',
  data: z.object({ conversation_id: Id }),
  run: async (deps: JudgeDeps, { conversation_id: conversationId }, { isLast }) => {
    const outcome = await judgeCall(deps, conversationId, isLast)
    deps.log.info({ conversationId, outcome }, 'urgency judged')
  },
})

/**
 * Raises a call to what a model makes of its latest messages; never lowers it. The model must show a worker's message and words that
 * stand in it; what a person decided after that message stands.
 *
 * @returns `quiet`: the model sees no danger; `unproven`: it quotes what nobody wrote; `failed`: it gave no usable answer.
 * @throws AppError `unavailable` when the database does not answer, and ModelError when asking again could help.
 */
export async function judgeCall(deps: JudgeDeps, conversationId: string, isLast: boolean): Promise<Outcome> {
  const found = await readCallOf({ ...deps, database: deps.writes }, conversationId)
  if (found?.call.status !== 'ACTIVE') return 'gone'
  const { call, callId } = found
  // It cannot rise further: nothing to pay for.
  if (call.urgency === 'CRITICAL') return 'unchanged'
  const messages = await readLatest(deps, conversationId, MAX_READ)
  if (!messages.some((message) => isOpen(message, call))) return 'unchanged'
  const answer = await ask(deps, messages, isLast)
  if (answer === undefined) return 'failed'
  const { judgement } = answer.output
  if (judgement === null) return 'quiet'
  const floor = toFloor(judgement, answer.model, messages)
  if (floor === undefined) return 'unproven'
  if (!isMoreUrgent(floor.urgency, call.urgency)) return 'unchanged'
  return await applyFloor(deps, { conversationId, callId }, floor)
}

/** The worker's words that nobody has decided upon since. */
const isOpen = ({ at, message: { role } }: ReadMessage, { urgency_changed }: CallRecord): boolean =>
  role === 'user' && at >= (urgency_changed?.at ?? -Infinity)

async function ask(
  { model, shutdown, log }: JudgeDeps,
  messages: readonly ReadMessage[],
  isLast: boolean,
): Promise<ModelAnswer<{ judgement: Judgement }> | undefined> {
  try {
    return await model.run(judgeJob, messages, {
      signal: shutdown,
      deadlineMs: MODEL_MS,
      // A judgement of plain methods is there already: the lexicon's.
      onFailure: 'throw',
    })
  } catch (error) {
    if (!(error instanceof ModelError)) throw error
    if (error.isTransient && !isLast) throw error
    log.warn({ err: error }, 'no model judged the urgency')
    return undefined
  }
}

/** The judgement as it is kept with a call, if the worker wrote what it quotes. */
function toFloor(
  { urgency, message_id: id, quote }: NonNullable<Judgement>,
  model: string,
  messages: readonly ReadMessage[],
): UrgencyFloorRecord | undefined {
  const cited = messages.find((message) => message.id === id)
  const text = quote.trim()
  if (cited?.message.role !== 'user' || text === '') return undefined
  const start = cited.message.content.toLowerCase().indexOf(text.toLowerCase())
  if (start === -1) return undefined
  const end = start + text.length
  const cue = { text: cited.message.content.slice(start, end), start, end, urgency }
  return { urgency, message_id: id, at: cited.at, cues: [cue], model: model.slice(0, 200) }
}
