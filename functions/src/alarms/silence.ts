import type { CallRecord } from '../calls/schema.ts'
import type { Act } from '../conversations/change-call.ts'
import type { WatchConfig } from '../platform/config-watch.ts'

/** Since when nothing is known to have been heard of the worker, ms since 1970. */
export const silentSince = ({ silence, started_at, timestamp }: CallRecord): number =>
  silence?.heard_at ?? started_at ?? Date.parse(timestamp)

/** The question that this silence leads to; every sweeper gives it the same id. */
export const checkIdOf = (since: number): string => `check_${Math.round(since)}`

/**
 * Is it time to look for signs of life? Before the span is over nothing needs to be read; once asked, every sweep looks
 * for the answer. Who has ended their call with a word is asked nothing more.
 */
export function isLookDue(call: CallRecord, now: number, { silence }: WatchConfig): boolean {
  if (call.status !== 'ACTIVE' || call.end_asked !== undefined) return false
  return call.silence?.asked_at !== undefined || now - silentSince(call) >= silence[call.urgency] * 1_000
}

/** The worker was heard of: what was asked is settled. */
export const hear =
  (at: number): Act =>
  (call) =>
    silentSince(call) >= at && call.silence?.asked_at === undefined
      ? null
      : { silence: { heard_at: Math.max(at, silentSince(call)) } }

/** Asks once for each silence. */
export const ask =
  (since: number, now: number): Act =>
  (call) =>
    silentSince(call) !== since || call.silence?.asked_at !== undefined || call.end_asked !== undefined
      ? null
      : { silence: { heard_at: since, asked_at: now, check_id: checkIdOf(since) } }

/** Notes that an alarm was raised, so that no sweep tries again. */
export const markAlarmed =
  (mark: string, at: number): Act =>
  ({ alarmed }) =>
    alarmed?.[mark] === undefined ? { alarmed: { ...alarmed, [mark]: at } } : null

/** Notes up to when (received, ms since 1970) the worker's messages were looked at for their duress word. */
export const markJudged =
  (to: number): Act =>
  ({ judged_to = 0 }) =>
    judged_to < to ? { judged_to: to } : null

/** Since when a critical call has had no holder, ms since 1970; undefined when it is not so. */
export function unassignedSince(call: CallRecord): number | undefined {
  const { status, admin_id, urgency, released, urgency_changed, urgency_floor, started_at, timestamp } = call
  if (status !== 'ACTIVE' || admin_id !== null || urgency !== 'CRITICAL') return undefined
  return Math.max(
    started_at ?? Date.parse(timestamp),
    ...[released?.at, urgency_changed?.at, urgency_floor?.at].map((at) => at ?? 0),
  )
}
