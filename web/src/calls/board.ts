import type { Call, CallsEvents, Urgency } from '@lifeline/functions/contract'
import type { z } from 'zod'

type Events = { [Name in keyof typeof CallsEvents]: z.infer<(typeof CallsEvents)[Name]> }

/** What the stream of calls, or the list itself, may tell. */
export type CallsInput = { [Name in keyof Events]: { event: Name; data: Events[Name] } }[keyof Events]

/** A call as the board knows it. */
export type BoardCall = Call & {
  /** Until when the worker is known to be writing, ms, by this device's clock. */
  typingUntil?: number
}

/** Calls by id. */
export type Calls = ReadonlyMap<string, BoardCall>

const RANK: Record<Urgency, number> = { CRITICAL: 0, HIGH: 1, MEDIUM: 2, LOW: 3 }

/** The calls after one event that came at `now` (ms); an ended call leaves the board. */
export function applyCallsInput(calls: Calls | undefined, input: CallsInput, now: number): Calls | undefined {
  if (input.event === 'initial') {
    const active = input.data.calls.filter(({ status }) => status === 'ACTIVE')
    return new Map(active.map((call) => [call.call_id, call]))
  }
  if (calls === undefined) return undefined
  const { call_id } = input.data
  const known = calls.get(call_id)
  if (input.event === 'typing') {
    if (known === undefined) return calls
    const { typing, expires_in_ms } = input.data
    return new Map(calls).set(call_id, { ...known, typingUntil: typing ? now + expires_in_ms : 0 })
  }
  const next = new Map(calls)
  if (input.event === 'call_removed' || input.data.status === 'ENDED') next.delete(call_id)
  // What is said of a call as a whole says nothing of who is writing.
  else next.set(call_id, { ...input.data, typingUntil: known?.typingUntil ?? 0 })
  return next
}

/** The call of a conversation, if it is among them. */
export function findCall(calls: Calls, conversationId: string): BoardCall | undefined {
  return [...calls.values()].find(({ conversation_id }) => conversation_id === conversationId)
}

/** When the worker last wrote, ISO 8601; null when they have not. */
export function wroteAt({ worker_message_at, last_words, last_message_at }: Call): string | null {
  // Until the server has looked at the first message, all that is known of it is that there is one.
  return worker_message_at ?? (last_words === undefined ? last_message_at : null)
}

/** Since when the worker has said nothing, ms; what others write is no sign of life. */
export const silentSince = (call: Call): number => Date.parse(wroteAt(call) ?? call.started_at)

/** Since when the worker waits for a person to answer, ms; undefined when one has. */
function waitsSince({ unanswered_at, last_words, started_at }: Call): number | undefined {
  if (unanswered_at !== undefined) return Date.parse(unanswered_at)
  return last_words === undefined ? Date.parse(started_at) : undefined
}

/** Whether the last word is the worker's, and nobody has answered. */
export const isUnanswered = (call: Call): boolean => waitsSince(call) !== undefined

/** Most urgent first; then who has waited longest for an answer, and behind them the longest silence. */
function orderOf(calls: Calls, first: ReadonlySet<string>): BoardCall[] {
  // Parsed once a call, and not once a comparison.
  const keyed = [...calls.values()].map((call) => ({
    call,
    key: [
      Number(!first.has(call.call_id)),
      RANK[call.urgency],
      waitsSince(call) ?? Infinity,
      silentSince(call),
    ],
  }))
  keyed.sort((a, b) => {
    const at = a.key.findIndex((value, index) => value !== b.key[index])
    return at < 0 ? (a.call.call_id < b.call.call_id ? -1 : 1) : (a.key[at] ?? 0) - (b.key[at] ?? 0)
  })
  return keyed.map(({ call }) => call)
}

const NONE: ReadonlySet<string> = new Set()

/**
 * The board's rows in order, with the calls in `first` above all others, except that the call in `held` (the one under the pointer) stays in the row where it
 * was in `before`: nothing jumps away from a hand that is about to press it.
 */
export function orderBoard(
  calls: Calls,
  before: readonly BoardCall[],
  held: string | undefined,
  first: ReadonlySet<string> = NONE,
): readonly BoardCall[] {
  const ordered = orderOf(calls, first)
  const row = before.findIndex(({ call_id }) => call_id === held)
  const call = held === undefined ? undefined : calls.get(held)
  if (row < 0 || call === undefined) return ordered
  return ordered.filter((each) => each !== call).toSpliced(row, 0, call)
}
