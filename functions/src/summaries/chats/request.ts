import { findChat } from '../../chats/find-chat.ts'
import type { ChatViewer } from '../../chats/policy.ts'
import type { Deps } from '../../deps.ts'
import { AppError } from '../../platform/errors.ts'
import { answered } from '../../streaming/answered.ts'
import type { ChatSummary, SummaryType } from '../schema.ts'
import type { AskForSummary } from './ask.ts'
import { type Wanted, chatSummaryDocument, covers, readChatSummary, showMade } from './record.ts'
import { waitForSummary } from './wait.ts'
import type { SummaryWatches } from './watches.ts'

type RequestDeps = Pick<Deps, 'writes' | 'firestore' | 'clock' | 'log' | 'audit'>

export interface SummaryRequest {
  id: string
  type: SummaryType
}

/** Null: it is being made. `conversationId` is the chat's own id, also where it was asked for by its key. */
export interface SummaryOutcome {
  conversationId: string
  summary: ChatSummary | null
}

/**
 * The summary of a chat as it stands now (spec 2 "Generate Summary"): from the store where it is there, else by a task, for
 * which this waits `waitMs`.
 *
 * @throws AppError as `findChat` does, `unavailable` when Firestore or the queue does not answer.
 */
export async function requestSummary(
  deps: RequestDeps,
  { watches, ask }: { watches: SummaryWatches; ask: AskForSummary },
  viewer: ChatViewer,
  { id, type, waitMs, signal }: SummaryRequest & { waitMs: number; signal: AbortSignal },
): Promise<SummaryOutcome> {
  const { wanted, conversationId } = await find(deps, viewer, { id, type })
  const stored = await read(deps, wanted)
  if (stored.made !== null && covers(stored, wanted.chat.count)) {
    return { conversationId, summary: showMade(conversationId, type, stored.made) }
  }
  await ask(wanted)
  if (waitMs === 0) return { conversationId, summary: null }
  const made = await waitForSummary(deps, { watches, ask }, wanted, { ms: waitMs, signal })
  return { conversationId, summary: made && showMade(conversationId, type, made) }
}

/**
 * The last summary that was asked for. Messages may have come since: it says what it covers.
 *
 * @throws AppError as `requestSummary` does, and `not-found` when none was ever asked for.
 */
export async function readChatSummaryOf(
  deps: RequestDeps,
  ask: AskForSummary,
  viewer: ChatViewer,
  { id, type }: SummaryRequest,
): Promise<SummaryOutcome> {
  const { wanted, conversationId } = await find(deps, viewer, { id, type })
  const { made, asked_count: count } = await read(deps, wanted)
  if (count === 0) {
    throw new AppError('not-found', 'No summary of this conversation was asked for.', {
      familyCode: 'summary_not_found',
    })
  }
  if (made !== null && made.covers_count >= count) {
    return { conversationId, summary: showMade(conversationId, type, made) }
  }
  // Whoever was at it may have been killed.
  await ask({ ...wanted, chat: { ...wanted.chat, count } })
  return { conversationId, summary: null }
}

async function find(deps: RequestDeps, viewer: ChatViewer, { id, type }: SummaryRequest) {
  const { key, record } = await findChat(deps, viewer, id, 'conversation.summary')
  const wanted: Wanted = { key, type, chat: record }
  return { wanted, conversationId: record.conversation_id }
}

const read = async ({ firestore, clock }: RequestDeps, wanted: Wanted) =>
  readChatSummary((await answered(chatSummaryDocument(firestore, wanted).get(), clock)).data(), wanted.chat)
