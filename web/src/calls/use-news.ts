import type { Call } from '@lifeline/functions/contract'
import { useRef } from 'react'
import type { Calls } from './board.ts'

/**
 * Which calls have had a message that was not on the screen. What was there when the board came counts as seen;
 * a call that comes later is news until it is opened.
 */
export function useNews(calls: Calls, openId: string | undefined): (call: Call) => boolean {
  const seen = useRef<Map<string, string | null>>(undefined)
  seen.current ??= new Map([...calls.values()].map((call) => [call.call_id, call.last_message_at]))
  const known = seen.current
  for (const call of calls.values()) {
    if (call.conversation_id === openId) known.set(call.call_id, call.last_message_at)
  }
  return (call) => !known.has(call.call_id) || known.get(call.call_id) !== call.last_message_at
}
