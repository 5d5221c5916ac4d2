import type { DataSnapshot } from 'firebase-admin/database'
import { z } from 'zod'
import { Id } from '../platform/schema.ts'
import { CheckRecord, SeenRecord } from './schema.ts'

/** What people do in a conversation besides writing, by uid. Times are server time, ms since 1970. */
export interface Signals {
  readonly typing: ReadonlyMap<string, number>
  readonly seen: ReadonlyMap<string, SeenRecord>
  /** When each was last heard of. */
  readonly presence: ReadonlyMap<string, number>
  /** The question whether the worker is OK. */
  readonly check?: CheckRecord | undefined
}

/** A date of before the year 10,000; what lies beyond cannot be shown. */
const Time = z.number().min(0).max(253_402_300_799_000)
const ShowableMark = SeenRecord.extend({ seen_at: Time })
const Presence = z.object({ last_seen: Time })
const ShowableCheck = CheckRecord.extend({ asked_at: Time, answer_by: Time })

/** Reads `active_conversations/{id}`; what is malformed is passed over, for it is worth no line in a log each time. */
export const readSignals = (conversation: DataSnapshot): Signals => ({
  typing: readEntries(conversation.child('typing'), Time),
  seen: readSeen(conversation.child('seen')),
  presence: new Map(
    [...readEntries(conversation.child('presence'), Presence)].map(([uid, { last_seen }]) => [
      uid,
      last_seen,
    ]),
  ),
  check: ShowableCheck.safeParse(conversation.child('check').val()).data,
})

export const readSeen = (marks: DataSnapshot): ReadonlyMap<string, SeenRecord> =>
  readEntries(marks, ShowableMark)

function readEntries<T>(parent: DataSnapshot, schema: z.ZodType<T>): Map<string, T> {
  const entries = new Map<string, T>()
  parent.forEach((child) => {
    const value = schema.safeParse(child.val())
    if (value.success && Id.safeParse(child.key).success) entries.set(child.key, value.data)
  })
  return entries
}

/** Does `a` stand further on in the conversation than `b`? The order of messages (DESIGN 2). */
export const isLaterMark = (
  a: Pick<SeenRecord, 'received_at' | 'message_id'>,
  b: Pick<SeenRecord, 'received_at' | 'message_id'>,
): boolean => (a.received_at === b.received_at ? a.message_id > b.message_id : a.received_at > b.received_at)
