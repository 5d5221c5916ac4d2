import type { DocumentReference, Firestore } from 'firebase-admin/firestore'
import { documentName } from '../conversations/archived-message.ts'
import type { Deps } from '../deps.ts'
import { AppError } from '../platform/errors.ts'
import { answered } from '../streaming/answered.ts'
import { type LiveInsight, type LiveInsightsResponse, MAX_INSIGHTS, StoredInsights } from './schema.ts'

type StoreDeps = Pick<Deps, 'firestore' | 'clock'>

/** Where the insights of a conversation are. */
export const insightsDocument = (firestore: Firestore, conversationId: string): DocumentReference =>
  firestore.collection('live_insights').doc(documentName(conversationId))

const show = ({ created_at, updated_at, ...rest }: StoredInsights): LiveInsightsResponse => ({
  ...rest,
  created_at: new Date(created_at).toISOString(),
  updated_at: new Date(updated_at).toISOString(),
})

const noInsights = (): AppError => new AppError('not-found', 'This conversation has no live insights.')

/** @throws AppError `not-found` where there are none, `unavailable` when Firestore does not answer. */
export async function readInsights(
  { firestore, clock }: StoreDeps,
  conversationId: string,
): Promise<LiveInsightsResponse> {
  const document = await answered(insightsDocument(firestore, conversationId).get(), clock)
  if (!document.exists) throw noInsights()
  return show(StoredInsights.parse(document.data()))
}

/**
 * Adds an insight after those that there are, in one step: of two at once both are kept.
 *
 * @param whenNone `create`: it may be the first (spec 4, POST); `refuse`: there have to be some already (PUT)
 * @throws AppError `not-found` as `whenNone` says, `conflict` where there are too many, `unavailable`.
 */
export async function addInsight(
  { firestore, clock }: StoreDeps,
  conversationId: string,
  insight: LiveInsight,
  whenNone: 'create' | 'refuse',
): Promise<LiveInsightsResponse> {
  const reference = insightsDocument(firestore, conversationId)
  const work = firestore.runTransaction(async (transaction) => {
    const document = await transaction.get(reference)
    if (!document.exists && whenNone === 'refuse') throw noInsights()
    const now = clock.now()
    const before: StoredInsights = document.exists
      ? StoredInsights.parse(document.data())
      : { conversation_id: conversationId, insights: [], created_at: now, updated_at: now }
    if (before.insights.length >= MAX_INSIGHTS) {
      throw new AppError('conflict', `A conversation has ${MAX_INSIGHTS} live insights at most.`)
    }
    const after = { ...before, insights: [...before.insights, insight], updated_at: now }
    transaction.set(reference, after)
    return after
  })
  return show(await answered(work, clock))
}

/** @throws AppError `not-found` where there are none, `unavailable` when Firestore does not answer. */
export async function deleteInsights({ firestore, clock }: StoreDeps, conversationId: string): Promise<void> {
  const reference = insightsDocument(firestore, conversationId)
  const work = firestore.runTransaction(async (transaction) => {
    if (!(await transaction.get(reference)).exists) throw noInsights()
    transaction.delete(reference)
  })
  await answered(work, clock)
}
