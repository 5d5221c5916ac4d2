import type { Query } from 'firebase-admin/database'
import type { CallRecord } from '../calls/schema.ts'
import { type ReadMessage, readMessage } from '../conversations/read-message.ts'
import { readCalls } from '../conversations/store.ts'
import type { Deps } from '../deps.ts'
import { Id } from '../platform/schema.ts'
import { unavailable, withTimeout } from '../streaming/with-timeout.ts'
import type { IndexedConversation } from './message-index.ts'

const READ_TIMEOUT_MS = 10_000

/** A conversation with its messages. */
export interface ConversationWithMessages {
  conversation: IndexedConversation
  messages: ReadMessage[]
}

type ActiveDeps = Pick<Deps, 'database' | 'clock' | 'log'>

/**
 * Every conversation of a company that is not archived yet, in four reads however many there are. Older records name no
 * company of their own: they come along, and the policy tells whose they are.
 *
 * @throws AppError `unavailable` when the database does not answer.
 */
export async function readActive(deps: ActiveDeps, companyId: string): Promise<ConversationWithMessages[]> {
  const conversations = deps.database.ref('active_conversations').orderByChild('company_id')
  const [own, ownerless, ...calls] = await Promise.all([
    readAll(deps, conversations.equalTo(companyId)),
    readAll(deps, conversations.equalTo(null)),
    readCalls(deps, companyId),
    readCalls(deps, null),
  ])
  const byId = new Map(calls.flat())
  return [...own, ...ownerless].flatMap(([conversationId, stored]) => {
    const { call_id, messages } = stored
    const call = typeof call_id === 'string' ? byId.get(call_id) : undefined
    if (typeof call_id !== 'string' || call?.conversation_id !== conversationId) return []
    return [toConversation({ conversationId, callId: call_id, call }, messages, deps.clock.now())]
  })
}

async function readAll({ clock }: ActiveDeps, query: Query): Promise<[string, Record<string, unknown>][]> {
  try {
    const value: unknown = (await withTimeout(query.get(), READ_TIMEOUT_MS, clock)).val()
    const entries = Object.entries((value ?? {}) as Record<string, unknown>)
    return entries.filter((entry): entry is [string, Record<string, unknown>] => {
      const [id, stored] = entry
      return Id.safeParse(id).success && typeof stored === 'object' && stored !== null
    })
  } catch (error) {
    throw unavailable(error)
  }
}

function toConversation(
  known: { conversationId: string; callId: string; call: CallRecord },
  messages: unknown,
  now: number,
): ConversationWithMessages {
  const stored = typeof messages === 'object' && messages !== null ? Object.entries(messages) : []
  // Malformed ones are reported where the conversation is read.
  const read = stored.map(([id, message]) => readMessage(id, message, now))
  return {
    conversation: { ...known, archived: false },
    messages: read.filter((message) => message !== undefined),
  }
}
