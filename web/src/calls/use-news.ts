import type { Call } from '@lifeline/functions/contract'
import { useRef } from 'react'
import { wroteAt, type Calls } from './board.ts'

/**
 * In which calls the worker has written what was not on this screen. What was there when the board came counts as seen; a
 * call that comes later is news until it is opened. Never a number: how many they were is not known without reading them.
 */
export function useNews(calls: Calls | undefined, openId: string | undefined): (call: Call) => boolean {
  const seen = useRef<Map<string, string | null>>(undefined)
  if (calls !== undefined)
    seen.current ??= new Map([...calls.values()].map((call) => [call.call_id, wroteAt(call)]))
  const known = seen.current ?? new Map<string, string | null>()
  for (const call of calls?.values() ?? []) {
    if (call.conversation_id === openId) known.set(call.call_id, wroteAt(call))
  }
  return (call) => !known.has(call.call_id) || isLater(wroteAt(call), known.get(call.call_id) ?? null)
}

/** What the server finds out about a message comes a moment behind it, and is no further message. */
const isLater = (now: string | null, before: string | null): boolean =>
  now !== null && (before === null || Date.parse(now) > Date.parse(before))
