import type { Deps } from '../../deps.ts'
import { answered } from '../../streaming/answered.ts'
import { type Wanted, chatSummaryDocument, chatSummaryName, covers, readChatSummary } from './record.ts'

/** `made`: it is there already. */
export type AskForSummary = (wanted: Wanted) => Promise<'made' | 'asked'>

/** A task whose attempts are used up leaves its name behind; another one may be tried after so long, ms. */
const TRY_AGAIN_MS = 600_000

type AskDeps = Pick<Deps, 'firestore' | 'tasks' | 'clock'>

/**
 * Asks for a summary, unless it is there or somebody is at it. May be repeated: it is made, and paid, once.
 *
 * @throws AppError `unavailable` when Firestore or the queue does not answer.
 */
export async function askForSummary(
  { firestore, tasks, clock }: AskDeps,
  wanted: Wanted,
): Promise<'made' | 'asked'> {
  const { key, type, chat } = wanted
  const document = chatSummaryDocument(firestore, wanted)
  const state = await answered(
    firestore.runTransaction(async (transaction) => {
      const record = readChatSummary((await transaction.get(document)).data(), chat)
      if (covers(record, chat.count)) return 'made'
      if (record.asked_count < chat.count) transaction.set(document, { ...record, asked_count: chat.count })
      const { work } = record
      const isAtWork = work !== null && work.until > clock.now() && work.count >= chat.count
      return isAtWork ? 'at-work' : record.attempts
    }),
    clock,
  )
  if (state === 'made') return 'made'
  if (state === 'at-work') return 'asked'
  const span = Math.floor(clock.now() / TRY_AGAIN_MS)
  await tasks.enqueue('summarizeChat', {
    key: [key, type, chat.started_at, chat.count, state, span].join('/'),
    data: { chat_key: key, summary_type: type, count: chat.count },
  })
  return 'asked'
}

/** The same, but whoever asks while the same is being asked for shares the answer. */
export function createAskForSummary(deps: AskDeps): AskForSummary {
  const asking = new Map<string, Promise<'made' | 'asked'>>()
  return (wanted) => {
    const name = `${chatSummaryName(wanted)}/${wanted.chat.started_at}/${wanted.chat.count}`
    const now = asking.get(name) ?? askForSummary(deps, wanted).finally(() => asking.delete(name))
    asking.set(name, now)
    return now
  }
}
