import type { Deps } from '../../deps.ts'
import { type Made, type Wanted, chatSummaryDocument, covers, readChatSummary } from './record.ts'

/** Without a word for so long whoever is at it counts as dead; they say one every third of it, ms. */
export const LEASE_MS = 21_000

type WorkDeps = Pick<Deps, 'firestore' | 'clock'>

export type Claim =
  /** `before`: the summary of an earlier state. */
  | { kind: 'claimed'; before: Made | null }
  | { kind: 'done' }
  /** Somebody is at work. `isEnough`: on all that is wanted; else they were asked to see to the rest. */
  | { kind: 'busy'; isEnough: boolean }

/**
 * Begins with a summary of all that there is, in one step with the look at whether it is still to be made.
 *
 * @param count the messages that were asked for; more may have come
 */
export function claimSummary(
  { firestore, clock }: WorkDeps,
  wanted: Wanted,
  { by, count }: { by: string; count: number },
): Promise<Claim> {
  const { chat } = wanted
  const document = chatSummaryDocument(firestore, wanted)
  return firestore.runTransaction(async (transaction): Promise<Claim> => {
    const record = readChatSummary((await transaction.get(document)).data(), chat)
    if (covers(record, count)) return { kind: 'done' }
    const { work, made } = record
    const asked_count = Math.max(record.asked_count, count)
    if (work !== null && work.until > clock.now()) {
      const isEnough = work.count >= count
      // This task is spent; whoever asks next needs another.
      if (!isEnough) transaction.set(document, { ...record, asked_count, attempts: record.attempts + 1 })
      return { kind: 'busy', isEnough }
    }
    transaction.set(document, {
      ...record,
      asked_count,
      attempts: record.attempts + 1,
      work: { by, count: chat.count, until: clock.now() + LEASE_MS },
    })
    return { kind: 'claimed', before: made }
  })
}

/** Says that it is still being worked on, as long as it is this worker's. */
export async function renewClaim({ firestore, clock }: WorkDeps, wanted: Wanted, by: string): Promise<void> {
  const document = chatSummaryDocument(firestore, wanted)
  await firestore.runTransaction(async (transaction) => {
    const { work } = readChatSummary((await transaction.get(document)).data(), wanted.chat)
    if (work?.by === by) transaction.update(document, { 'work.until': clock.now() + LEASE_MS })
  })
}

/**
 * Ends the work, with or without a result. What was paid for is kept also when another has begun meanwhile, but nothing
 * that covers less than what is there, and nothing of a chat that was deleted with its summaries.
 *
 * @returns whether more was asked for in the meantime
 */
export function finishSummary(
  { firestore }: Pick<Deps, 'firestore'>,
  wanted: Wanted,
  by: string,
  result: Made | null,
): Promise<boolean> {
  const document = chatSummaryDocument(firestore, wanted)
  return firestore.runTransaction(async (transaction) => {
    const snapshot = await transaction.get(document)
    if (!snapshot.exists) return false
    const record = readChatSummary(snapshot.data(), wanted.chat)
    const isMine = record.work?.by === by
    const isNews = result !== null && !covers(record, result.covers_count)
    const made = isNews ? result : record.made
    if (isMine || isNews) transaction.set(document, { ...record, made, work: isMine ? null : record.work })
    return result !== null && record.asked_count > result.covers_count
  })
}
