import type { LiveServer } from '../conversations/testing/live-server.ts'
import type { Ids } from './ids.ts'
import { ALARM_SEEDS, CALL_SEEDS, INSIGHT_SEEDS } from './seed-calls.ts'
import { CHAT_SEEDS, LISTED_CHAT_SEEDS } from './seed-chats.ts'
import { CONVERSATION_SEEDS, PROCEDURE_SEEDS, PROSPECT_SEEDS, SESSION_SEEDS } from './seed-panel.ts'

/**
 * Everything of Acme's that a route may be asked about, by the state it is in. A seed makes it anew and tells the ids.
 * `anybody`: nothing at all, for routes that name nothing.
 */
export const SEEDS = {
  anybody: () => Promise.resolve<Ids>({}),
  ...CALL_SEEDS,
  ...INSIGHT_SEEDS,
  ...ALARM_SEEDS,
  ...CHAT_SEEDS,
  ...LISTED_CHAT_SEEDS,
  ...SESSION_SEEDS,
  ...PROSPECT_SEEDS,
  ...PROCEDURE_SEEDS,
  ...CONVERSATION_SEEDS,
} satisfies Record<string, (server: LiveServer) => Promise<Ids>>

export type State = keyof typeof SEEDS

const namesOf = (seeds: Partial<Record<State, unknown>>): State[] => Object.keys(seeds) as State[]

/** In which states a route has to be asked about what its path names, at the least. */
export function statesFor(path: string): State[] {
  if (path.includes('{alarm_id}')) return namesOf(ALARM_SEEDS)
  if (path.includes('{session_id}')) return namesOf(SESSION_SEEDS)
  if (path.includes('{lead_id}')) return namesOf(PROSPECT_SEEDS)
  if (path.includes('{procedure_id}')) return namesOf(PROCEDURE_SEEDS)
  if (path.includes('{user_id}')) return namesOf(CHAT_SEEDS)
  if (path.startsWith('/chats/{')) return namesOf({ ...CALL_SEEDS, ...CHAT_SEEDS })
  if (path.startsWith('/live-insights/{')) return namesOf({ ...CALL_SEEDS, ...INSIGHT_SEEDS })
  if (path.startsWith('/conversations/{')) {
    return namesOf({ ...CALL_SEEDS, ...LISTED_CHAT_SEEDS, ...CONVERSATION_SEEDS })
  }
  return path.includes('{') ? namesOf(CALL_SEEDS) : []
}
