import { ServerValue } from 'firebase-admin/database'
import type { CallRecord } from '../calls/schema.ts'
import { TimelineRecord } from '../timeline/schema.ts'
import { isDuress } from './urgency-cause.ts'

/** Fields of `active_calls/{call_id}` to write; null takes one away. */
export type Patch = Readonly<Record<string, unknown>>

/** An event under its key, which is its place in the call's history. */
export type KeyedEvent = readonly [key: string, event: TimelineRecord]

type Fresh = Omit<TimelineRecord, 'at'>

/** Far below what a document of Firestore holds, which the history has to fit into one day. */
export const MAX_EVENTS = 2_000

/**
 * What a change to a call adds to its history, from the change itself, so that nothing that changes a call can leave it
 * out: it is written in the same step.
 *
 * @param stored the call as it is stored
 * @param by whose act it is; undefined: the server's own
 * @returns the patch with the events in it; `full` when no more may be kept
 */
export function withEvents(
  stored: unknown,
  call: CallRecord,
  patch: Patch,
  by: string | undefined,
): Patch | 'full' {
  const fresh = eventsOf(call, patch, by)
  if (fresh.length === 0) return patch
  const before = timelineNode(stored)
  const count = Object.keys(before).length
  if (count >= MAX_EVENTS && patch.status !== 'ENDED') return 'full'
  const added = fresh.map((event, index) => [
    keyAt(count + index + 1),
    { ...event, at: ServerValue.TIMESTAMP },
  ])
  return { ...patch, timeline: { ...before, ...Object.fromEntries(added) } }
}

const keyAt = (place: number): string => `e${String(place).padStart(5, '0')}`

function timelineNode(stored: unknown): Record<string, unknown> {
  const node = (stored as { timeline?: unknown } | null)?.timeline
  return typeof node === 'object' && node !== null ? (node as Record<string, unknown>) : {}
}

/** The readable events of a stored call, in order. */
export function readEvents(stored: unknown): KeyedEvent[] {
  return Object.entries(timelineNode(stored))
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([key, value]): KeyedEvent[] => {
      const event = TimelineRecord.safeParse(value)
      return event.success ? [[key, event.data]] : []
    })
}

function eventsOf(call: CallRecord, patch: Patch, by: string | undefined): Fresh[] {
  const whose = by === undefined ? {} : { by }
  return [
    ...holderEvents(call, patch, whose),
    ...urgencyEvents(call, patch, whose),
    ...endEvents(call, patch, whose),
  ]
}

function holderEvents(call: CallRecord, patch: Patch, whose: { by?: string }): Fresh[] {
  const { admin_id: before, takeover, transfer } = call
  if ('admin_id' in patch && patch.admin_id !== before) {
    const from = before === null ? {} : { from: before }
    if (typeof patch.admin_id === 'string') {
      return [{ kind: 'taken-over', by: patch.admin_id, ...from, takeover: Number(patch.takeover) }]
    }
    const { reason } = (patch.released ?? {}) as { reason?: unknown }
    return [{ kind: reason === 'holder-lost' ? 'holder-lost' : 'released', ...whose, ...from, takeover }]
  }
  if (!('transfer' in patch) || patch.status === 'ENDED') return []
  const offered = patch.transfer as CallRecord['transfer'] | null
  if (offered) return [{ kind: 'transfer-offered', ...whose, to: offered.to, takeover }]
  if (transfer === undefined) return []
  return [
    { kind: whose.by === undefined ? 'transfer-lapsed' : 'transfer-dropped', ...whose, to: transfer.to },
  ]
}

function urgencyEvents(call: CallRecord, patch: Patch, whose: { by?: string }): Fresh[] {
  const urgency = patch.urgency as CallRecord['urgency'] | undefined
  if (urgency === undefined || urgency === call.urgency) return []
  const change = { ...whose, urgency, urgency_before: call.urgency }
  const changed = patch.urgency_changed as CallRecord['urgency_changed']
  if (changed) return [{ kind: 'urgency-changed', ...change, reason: changed.reason }]
  const marks = Object.keys(patch.alarmed ?? {})
  const isByDuress = marks.some((mark) => isDuress(mark) && call.alarmed?.[mark] === undefined)
  if (isByDuress) return [{ kind: 'urgency-raised', ...change, cause: 'duress' }]
  const floor = (patch.urgency_floor ?? call.urgency_floor) as CallRecord['urgency_floor']
  const cause = floor?.model === undefined ? 'words' : 'model'
  return [{ kind: 'urgency-raised', ...change, ...(floor && { message_id: floor.message_id, cause }) }]
}

function endEvents({ status, takeover }: CallRecord, patch: Patch, whose: { by?: string }): Fresh[] {
  if (patch.status !== 'ENDED' || status === 'ENDED') return []
  const reason = typeof patch.end_reason === 'string' ? { reason: patch.end_reason } : {}
  return [{ kind: 'ended', ...whose, takeover, ...reason }]
}
