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
  const shown = Map.groupBy(hits, ({ conversation_id }) => conversation_id)
  for (const [conversation_id, [first, ...rest]] of shown) {
    audit.record({
      actor: { uid, role },
      action: 'conversation.search',
      outcome: 'allowed',
      company_id,
      conversation_id,
      call_id: first?.call_id ?? null,
      details: { messages: rest.length + 1 },
    })
  }
}
