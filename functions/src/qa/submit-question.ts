import { randomBytes } from 'node:crypto'
import type { Actor } from '../auth/actor.ts'
import type { Deps } from '../deps.ts'
import { AppError } from '../platform/errors.ts'
import { fold } from '../prospects/fold.ts'
import type { PersonaBase } from '../prospects/schema.ts'
import { readPersonas } from '../prospects/store.ts'
import { answered } from '../streaming/answered.ts'
import { qaError } from './errors.ts'
import { estimateSession } from './estimate.ts'
import { decideAsking } from './policy.ts'
import { takeQuota } from './quota.ts'
import type { QuestionSubmitRequest, QuestionSubmitResponse } from './question-schema.ts'
import { dropImage, storeImage } from './session-image.ts'
import { sessionDocument } from './session-store.ts'
import { queueSession } from './tasks.ts'

export type SubmitDeps = Pick<Deps, 'firestore' | 'clock' | 'config' | 'log' | 'tasks'>

/**
 * Asks a panel (spec 5, 1): stores the session and queues a task for each prospect. What could not be queued now is
 * queued by the sweep, for the session is stored by then and would otherwise be asked twice by whoever tries again.
 *
 * @throws AppError `INVALID_PROSPECT_IDS` with `details.invalid_prospect_ids`, `INVALID_IMAGE`, `QUOTA_EXCEEDED`, `FORBIDDEN`, or
 * `unavailable` when Firestore does not answer.
 */
export async function submitQuestion(
  deps: SubmitDeps,
  actor: Actor,
  request: QuestionSubmitRequest,
): Promise<QuestionSubmitResponse> {
  const { firestore, clock, log } = deps
  if (decideAsking(actor) !== 'allow') throw new AppError('forbidden', 'Only admins may do this')
  const { personas, invalid } = await readPersonas(deps, actor.company_id, request.prospect_ids)
  if (invalid.length > 0) {
    const named = invalid.slice(0, 5).join(', ')
    throw qaError('INVALID_PROSPECT_IDS', 'invalid-input', `No such prospects: ${named}`, {
      details: { invalid_prospect_ids: invalid },
    })
  }
  const { seconds } = await estimateSession(deps, actor.company_id, personas.length)
  const sessionId = `QS-${randomBytes(12).toString('hex')}`
  const now = clock.now()
  const image = await storeImage(deps, actor, sessionId, request)
  const record = { ...recordOf(actor, request, personas, now), image_id: image?.facts.media_id ?? null }
  const stored = answered(
    firestore.runTransaction(async (transaction) => {
      const spend = await takeQuota(deps, transaction, actor, { questions: 1, answers: personas.length })
      spend()
      transaction.create(sessionDocument(firestore, sessionId), record)
    }),
    clock,
  )
  await stored.catch(async (error: unknown) => {
    if (image !== null) await dropImage(deps, image)
    throw error
  })
  try {
    await queueSession(deps, sessionId, record.prospect_ids)
  } catch (error) {
    log.error({ sessionId, err: error }, 'session left to the sweep')
  }
  return {
    session_id: sessionId,
    status: 'pending',
    message: `Question submitted successfully to ${personas.length} prospect${personas.length === 1 ? '' : 's'}`,
    created_at: new Date(now).toISOString(),
    total_prospects: personas.length,
    estimated_completion_time: seconds,
    simulated: true,
  }
}

function recordOf(
  actor: Actor,
  { question, context }: QuestionSubmitRequest,
  personas: readonly PersonaBase[],
  now: number,
) {
  return {
    company_id: actor.company_id,
    created_by: actor.uid,
    question,
    context: JSON.stringify(context ?? {}),
    status: 'pending',
    created_at: now,
    updated_at: now,
    completed_at: null,
    targets: [...personas],
    prospect_ids: personas.map(({ lead_id }) => lead_id),
    total_expected: personas.length,
    total_responded: 0,
    failed_prospects: [],
    summary: null,
    error_message: null,
    cancelled_at: null,
    sweeps: 0,
    search: fold([question, ...personas.map(({ full_name }) => full_name ?? '')].join(' ')),
  }
}
