import type { CallRecord } from '../calls/schema.ts'
import { messageIdFor } from '../conversations/message-id.ts'
import { readLatest } from '../conversations/read-latest.ts'
import type { ReadMessage } from '../conversations/read-message.ts'
import { readCallOf } from '../conversations/store.ts'
import type { Deps } from '../deps.ts'

export const ASSISTANT = 'assistant'

/** No read gets slower with the length of a conversation. */
const MAX_READ = 60

/** What there is to answer in a conversation that nobody answers. */
export interface Situation {
  callId: string
  call: CallRecord
  /** What the worker wrote that neither a person nor the assistant has answered, in order; never empty. */
  burst: readonly ReadMessage[]
  /** What they wrote before that. */
  before: readonly ReadMessage[]
  /** The assistant's last message. */
  lastSources: string | null
}

/** The id of the answer to the worker's messages up to this one: the same work done twice meets itself. */
export const answerIdFor = (conversationId: string, lastMessageId: string): string =>
  messageIdFor(conversationId, ASSISTANT, lastMessageId)

/**
 * Reads, from the server, whether there is anything for the assistant to say.
 *
 * @returns why not: the call is `gone` or `ended`, somebody `held` it, or everything has been `answered`.
 * @throws AppError `unavailable` when the database does not answer.
 */
export async function readSituation(
  deps: Pick<Deps, 'writes' | 'clock' | 'log'>,
  conversationId: string,
): Promise<Situation | 'gone' | 'ended' | 'held' | 'answered'> {
  const [found, messages] = await Promise.all([
    readCallOf({ ...deps, database: deps.writes }, conversationId),
    readLatest(deps, conversationId, MAX_READ),
  ])
  if (found === undefined) return 'gone'
  if (found.call.status !== 'ACTIVE') return 'ended'
  if (found.call.admin_id !== null) return 'held'
  const { burst, before } = split(conversationId, messages)
  if (burst.length === 0) return 'answered'
  const last = messages.findLast(({ message }) => message.role === 'assistant')
  return { ...found, burst, before, lastSources: last?.message.sources ?? null }
}

/**
 * An answer of ours says by its id which message it reached to, so one that the worker wrote while it was being written
 * is not taken for answered. A person's word, and another back end's, answers all that came before it.
 */
function split(
  conversationId: string,
  messages: readonly ReadMessage[],
): { burst: ReadMessage[]; before: ReadMessage[] } {
  const ids = new Set(messages.map(({ id }) => id))
  const own = new Set(
    messages
      .filter(({ message }) => message.role === 'user')
      .map(({ id }) => answerIdFor(conversationId, id))
      .filter((id) => ids.has(id)),
  )
  const reached = messages.findLastIndex(({ id, message: { role } }) =>
    role === 'user' ? own.has(answerIdFor(conversationId, id)) : role !== 'system' && !own.has(id),
  )
  const said = (from: number, to?: number): ReadMessage[] =>
    messages
      .slice(from, to)
      .filter(({ message: { role, content } }) => role === 'user' && content.trim() !== '')
  return { burst: said(reached + 1), before: said(0, reached + 1) }
}
