import type { CallRecord } from '../calls/schema.ts'
import { readEvents } from '../conversations/call-events.ts'
import type { TimelineEvent, TimelineRecord } from './schema.ts'

/**
 * What happened to a call, earliest first: its history, and what others than this server write into the call itself, which
 * is when it began and how its worker ended it.
 *
 * @param stored the call as it is stored, and `call` the same as it is read
 */
export function composeTimeline(stored: unknown, call: CallRecord): TimelineEvent[] {
  const events = readEvents(stored).map(([, event]) => event)
  const started: TimelineRecord = {
    kind: 'started',
    by: call.worker_id,
    at: call.started_at ?? Date.parse(call.timestamp),
  }
  const isEndTold = events.some(({ kind }) => kind === 'ended')
  const ended: TimelineRecord[] =
    call.ended_at === undefined || isEndTold
      ? []
      : [{ kind: 'ended', at: call.ended_at, ...(call.ended_by !== undefined && { by: call.ended_by }) }]
  return [started, ...events, ...ended].map((event) => ({ ...event, at: new Date(event.at).toISOString() }))
}

/** Everybody whom it names, once. */
export const peopleIn = (timeline: readonly TimelineEvent[]): string[] => [
  ...new Set(timeline.flatMap(({ by, from, to }) => [by, from, to].filter((id) => id !== undefined))),
]
