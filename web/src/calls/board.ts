import type { Call, CallsEvents, Urgency } from '@lifeline/functions/contract'
import type { z } from 'zod'

type Events = { [Name in keyof typeof CallsEvents]: z.infer<(typeof CallsEvents)[Name]> }

/** What the stream of calls, or the list itself, may tell. */
export type CallsInput = { [Name in keyof Events]: { event: Name; data: Events[Name] } }[keyof Events]

/** Calls by id. */
export type Calls = ReadonlyMap<string, Call>

const RANK: Record<Urgency, number> = { CRITICAL: 0, HIGH: 1, MEDIUM: 2, LOW: 3 }

/** The calls after one event; an ended call leaves the board. */
export function applyCallsInput(calls: Calls | undefined, input: CallsInput): Calls | undefined {
  if (input.event === 'initial') {
    const active = input.data.calls.filter(({ status }) => status === 'ACTIVE')
    return new Map(active.map((call) => [call.call_id, call]))
  }
  if (calls === undefined) return undefined
  const next = new Map(calls)
  if (input.event === 'call_removed' || input.data.status === 'ENDED') next.delete(input.data.call_id)
  else next.set(input.data.call_id, input.data)
  return next
}

/** The call of a conversation, if it is among them. */
export function findCall(calls: Calls, conversationId: string): Call | undefined {
  return [...calls.values()].find(({ conversation_id }) => conversation_id === conversationId)
}

/** Since when nothing has been heard in a call, ms. */
export function silentSince({ last_message_at, started_at }: Call): number {
  return Date.parse(last_message_at ?? started_at)
}

/** Most urgent first, then the longest silence. */
function compareCalls(a: Call, b: Call): number {
  const byNeed = RANK[a.urgency] - RANK[b.urgency] || silentSince(a) - silentSince(b)
  return byNeed || (a.call_id < b.call_id ? -1 : 1)
}

const NONE: ReadonlySet<string> = new Set()

/**
 * The board's rows in order, with the calls in `first` above all others, except that the call in `held` (the one under the pointer) stays in the row where it
 * was in `before`: nothing jumps away from a hand that is about to press it.
 */
export function orderBoard(
  calls: Calls,
  before: readonly Call[],
  held: string | undefined,
  first: ReadonlySet<string> = NONE,
): readonly Call[] {
  const isLater = ({ call_id }: Call) => Number(!first.has(call_id))
  const ordered = [...calls.values()].toSorted((a, b) => isLater(a) - isLater(b) || compareCalls(a, b))
  const row = before.findIndex(({ call_id }) => call_id === held)
  const call = held === undefined ? undefined : calls.get(held)
  if (row < 0 || call === undefined) return ordered
  return ordered.filter((each) => each !== call).toSpliced(row, 0, call)
}
