import type { CallRecord } from '../calls/schema.ts'
import type { UrgencyCause } from './schema.ts'

/**
 * Why a call is as urgent as it is, by what happened to it last: a person decided so, the worker gave their duress word, or
 * their words speak of it. Undefined: as urgent as its worker began it.
 */
export function urgencyCause({
  urgency,
  urgency_changed: changed,
  urgency_floor: floor,
  alarmed = {},
}: CallRecord): UrgencyCause | undefined {
  const duressAt = Math.max(
    ...Object.entries(alarmed).map(([mark, at]) => (isDuress(mark) ? at : -Infinity)),
    -Infinity,
  )
  const decidedAt = changed?.at ?? -Infinity
  const isDuressLast = urgency === 'CRITICAL' && duressAt > decidedAt
  const isFloorLast = floor?.urgency === urgency && floor.at > decidedAt
  if (isFloorLast && !(isDuressLast && duressAt > floor.at)) {
    const cues = [...new Set(floor.cues.map(({ text }) => text))]
    const { message_id, model } = floor
    return { kind: 'words', message_id, cues, ...(model !== undefined && { model }) }
  }
  if (isDuressLast) return { kind: 'duress' }
  return changed && { kind: 'person', by: changed.by, reason: changed.reason }
}

/** Whether a mark in a call's `alarmed` tells of a duress word. */
export const isDuress = (mark: string): boolean => mark.startsWith('duress_')
