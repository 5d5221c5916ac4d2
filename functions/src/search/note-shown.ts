import type { Actor } from '../auth/actor.ts'
import type { Deps } from '../deps.ts'
import type { SearchReply } from './schema.ts'

/**
 * Notes each conversation of which a search has shown words, once; what was searched for are words, and not noted.
 *
 * @throws AppError `unavailable` when the log can take no more: what cannot be noted is not shown.
 */
export function noteShown(
  { audit }: Pick<Deps, 'audit'>,
  { uid, role, company_id }: Actor,
  { hits }: SearchReply,
): void {
  // The log names a chat by its key: its own id is another company's as well.
  const shown = Map.groupBy(hits, (hit) => (hit.kind === 'chat' ? hit.chat_key : hit.conversation_id))
  for (const [conversation_id, [first, ...rest]] of shown) {
    audit.record({
      actor: { uid, role },
      action: 'conversation.search',
      outcome: 'allowed',
      company_id,
      conversation_id,
      call_id: first?.kind === 'call' ? first.call_id : null,
      details: { messages: rest.length + 1 },
    })
  }
}
