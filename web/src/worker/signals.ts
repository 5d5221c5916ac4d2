import { Id, SeenRecord } from '@lifeline/functions/contract'
import { z } from 'zod'

/** Where a message stands in a conversation: the server's time (ms), then its id (DESIGN 2). */
export type Place = { at: number; id: string }

export function isAfter(a: Place, b: Place): boolean {
  return a.at === b.at ? a.id > b.id : a.at > b.at
}

/** The furthest that anybody but the worker has seen, from the `seen` node of a conversation. */
export function readSeen(node: unknown, workerId: string): Place | null {
  let furthest: Place | null = null
  for (const [uid, value] of entriesOf(node)) {
    const mark = SeenRecord.safeParse(value)
    if (uid === workerId || !mark.success) continue
    const place = { at: mark.data.received_at, id: mark.data.message_id }
    if (furthest === null || isAfter(place, furthest)) furthest = place
  }
  return furthest
}

/** Who but the worker was last heard to be writing, and when (server time, ms), from the `typing` node. */
export function readTyping(node: unknown, workerId: string): ReadonlyMap<string, number> {
  return new Map(
    entriesOf(node).flatMap(([uid, value]) => {
      const at = z.number().safeParse(value)
      return uid !== workerId && Id.safeParse(uid).success && at.success ? [[uid, at.data] as const] : []
    }),
  )
}

function entriesOf(node: unknown): [string, unknown][] {
  return typeof node === 'object' && node !== null ? Object.entries(node) : []
}
