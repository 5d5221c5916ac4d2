import { randomUUID } from 'node:crypto'
import { ServerValue } from 'firebase-admin/database'
import { z } from 'zod'
import type { Directory } from '../conversations/directory.ts'
import { writeGuarded } from '../conversations/guarded-write.ts'
import type { MessageRecord } from '../conversations/schema.ts'
import type { Deps } from '../deps.ts'
import { Id } from '../platform/schema.ts'
import type { ProcedureLibrary } from '../procedures/library.ts'
import { begin, finish } from '../tasks/one-in-flight.ts'
import { defineTask } from '../tasks/task.ts'
import { type Answer, chooseAnswer, toMessage } from './choose-answer.ts'
import { keepGrounded } from './keep-grounded.ts'
import { ASSISTANT, type Situation, answerIdFor, readSituation } from './read-situation.ts'
import { rephraseJob } from './rephrase-job.ts'

export type AssistantDeps = Pick<
  Deps,
  'writes' | 'guarded' | 'transactions' | 'tasks' | 'clock' | 'log' | 'shutdown' | 'model' | 'config'
> & { directory: Directory; procedures: ProcedureLibrary }

/** Whoever writes on and on is answered after so many pauses all the same. */
const MAX_PAUSES = 4
/** An answer to what was written longer ago would come out of nowhere, ms. */
const MAX_AGE_MS = 15 * 60_000
/** Of what a worker wrote, so much is searched for, UTF-16 units. */
const MAX_TEXT = 4_000

/** Answers a worker whom nobody else answers, from the procedures of their company. */
export const assistWorker = defineTask({
  queue: 'assistWorker',
  data: z.object({ conversation_id: Id }),
  run: async (deps: AssistantDeps, { conversation_id: conversationId }) => {
    if (!deps.config.assistant.isOn) return
    const by = randomUUID()
    const work = `assistant_work/${conversationId}`
    if (!(await begin(deps, work, by))) return
    let wanted: boolean
    try {
      const outcome = await answerWorker(deps, conversationId)
      deps.log.info({ conversationId, outcome }, 'assistant asked')
    } finally {
      wanted = await finish(deps, work, by)
    }
    if (!wanted) return
    await deps.tasks.enqueue('assistWorker', {
      key: `${conversationId}/after/${by}`,
      data: { conversation_id: conversationId },
    })
  },
})

/**
 * @returns `overtaken`: somebody took the call over, or it ended, before the answer was written; `silent`: there is
 * nothing to say that was not said just before
 * @throws AppError `unavailable` when a database does not answer
 */
export async function answerWorker(
  deps: AssistantDeps,
  conversationId: string,
): Promise<'written' | 'overtaken' | 'silent' | 'late' | 'gone' | 'ended' | 'held' | 'answered'> {
  const situation = await readSettled(deps, conversationId)
  if (typeof situation === 'string') return situation
  const { call, callId, burst, before, lastSources } = situation
  const last = burst.at(-1)
  if (last === undefined || deps.clock.now() - last.at > MAX_AGE_MS) return 'late'
  const company = (await deps.directory.worker(call.worker_id))?.company_id
  if (company === undefined) return 'gone'
  const text = (messages: Situation['burst']): string =>
    messages
      .map(({ message }) => message.content)
      .join('\n')
      .slice(-MAX_TEXT)
  const index = await deps.procedures.index(company)
  const answer = chooseAnswer(index, { burst: text(burst), before: text(before), lastSources })
  if (answer.kind === 'silent') return 'silent'
  const wording = answer.kind === 'steps' ? await word(deps, answer, text(burst)) : new Map<string, string>()
  const record = {
    role: ASSISTANT,
    content: toMessage(answer, wording),
    timestamp: new Date(deps.clock.now()).toISOString(),
    sender_id: ASSISTANT,
    sources: answer.kind === 'steps' ? answer.sources : '',
    lease: call.takeover,
  } satisfies Omit<MessageRecord, 'received_at'>
  const id = answerIdFor(conversationId, last.id)
  // The rules judge in this very write that nobody holds the call, nor has held it since we looked.
  const outcome = await writeGuarded(deps, {
    [`active_conversations/${conversationId}/messages/${id}`]: {
      ...record,
      received_at: ServerValue.TIMESTAMP,
    },
  })
  if (outcome === 'refused') return 'overtaken'
  deps.log.info({ conversationId, callId, messageId: id, kind: answer.kind }, 'assistant answered')
  return 'written'
}

/** What there is to answer once the worker has paused. */
async function readSettled(deps: AssistantDeps, conversationId: string): ReturnType<typeof readSituation> {
  const { clock, config } = deps
  for (let pauses = 0; ; pauses += 1) {
    const situation = await readSituation(deps, conversationId)
    if (typeof situation === 'string') return situation
    const last = situation.burst.at(-1)
    const missing = config.assistant.burstMs - (clock.now() - (last?.at ?? 0))
    if (missing <= 0 || pauses >= MAX_PAUSES) return situation
    await new Promise<void>((resolve) => clock.after(Math.min(missing, config.assistant.burstMs), resolve))
  }
}

/** The steps in the model's words, as far as it kept to them. */
async function word(
  { model, config, shutdown }: AssistantDeps,
  { parts }: Extract<Answer, { kind: 'steps' }>,
  text: string,
): Promise<Map<string, string>> {
  const steps = parts.flatMap((part) => [...part.steps, ...part.avoid])
  const { output } = await model.run(
    rephraseJob,
    { text, steps },
    { signal: shutdown, deadlineMs: config.assistant.modelMs },
  )
  return new Map(keepGrounded(output.lines, steps).map((step) => [step.id, step.text]))
}
