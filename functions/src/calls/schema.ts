import { z } from 'zod'
import { AdminRole } from '../auth/schema.ts'
import { Id, Timestamp } from '../platform/schema.ts'

export const Urgency = z.enum(['CRITICAL', 'HIGH', 'MEDIUM', 'LOW'])
export type Urgency = z.infer<typeof Urgency>

export const CallStatus = z.enum(['ACTIVE', 'ENDED'])
export type CallStatus = z.infer<typeof CallStatus>

/** `Voice` and `Text` are what our clients write; other devices name their own. */
export const Medium = z.string().min(1).max(40)

/** An offer to hand a call over; it stands until it is accepted, declined or withdrawn, or has lapsed. */
const TransferRecord = z.object({ to: Id, by: Id, at: z.number(), lapses_at: z.number() })

const ReleaseReason = z.enum(['released', 'holder-lost'])

/** How a call last lost its holder without another taking it: by somebody's act, or because the holder vanished. */
const ReleaseRecord = z.object({
  from: Id,
  /** The lease that ended. */
  takeover: z.int().nonnegative(),
  reason: ReleaseReason,
  at: z.number(),
  /** Who did it; absent when the server did. */
  by: Id.exactOptional(),
  /** When the conversation was told (`holder-lost` only). */
  told_at: z.number().exactOptional(),
})

/** How urgent a message of the worker is at least by its words, and the places in it that say so (UTF-16 offsets). */
const UrgencyFloorRecord = z.object({
  urgency: Urgency,
  message_id: Id,
  /** When the message was written. */
  at: z.number(),
  cues: z.array(z.object({ text: z.string(), start: z.number(), end: z.number(), urgency: Urgency })),
  /** Which language model judged so; absent: the words by themselves. */
  model: z.string().max(200).exactOptional(),
})
export type UrgencyFloorRecord = z.infer<typeof UrgencyFloorRecord>

/**
 * The watch over a worker's silence. `heard_at`: their last sign of life that is known. `asked_at`: they were asked
 * whether they are OK, by the question `check_id`, and have not answered.
 */
const SilenceRecord = z.object({
  heard_at: z.number(),
  asked_at: z.number().exactOptional(),
  check_id: Id.exactOptional(),
})

/** Who speaks in a call: its worker, the assistant, an admin, or the system itself. */
export const MessageRole = z.enum(['user', 'assistant', 'admin', 'system'])
export type MessageRole = z.infer<typeof MessageRole>

/** Of the last message's words only so many characters (UTF-16 code units) are kept with the call. */
export const LAST_WORDS_LENGTH = 140

/**
 * What the messages of a call come to, for a list that reads none of them; kept by a trigger (`note-message.ts`), and so
 * a moment behind. `worker_at`, `worker_words`: the worker's own last message, whoever has written since.
 * `unanswered_at`: the earliest message of the worker since an admin last wrote; absent when there is none.
 */
const TalkRecord = z.object({
  last: z.object({ message_id: Id, role: MessageRole, text: z.string(), at: z.number() }),
  worker_at: z.number().exactOptional(),
  worker_words: z.object({ message_id: Id, text: z.string() }).exactOptional(),
  admin_at: z.number().exactOptional(),
  unanswered_at: z.number().exactOptional(),
})
export type TalkRecord = z.infer<typeof TalkRecord>

/** Of so many unread messages and more of one call only this number is known. */
export const UNREAD_MOST = 100

/** Where a message stands in its conversation: server time, ms since 1970, then its id (DESIGN 2). */
const Place = z.object({ message_id: Id, received_at: z.number() })
export type Place = z.infer<typeof Place>

/**
 * `boards/{company_id}/{call_id}`: what the board shows of a call and its worker must not be able to read. `unread`: when the
 * latest messages of the worker came, by their id; only those behind `seen_to`, the furthest that any admin has seen, count.
 * `typing`: when the worker last said that they are writing. What cannot be read is left out.
 */
export const BoardRecord = z.object({
  // The database gives back as a list what is named by small numbers.
  unread: z
    .preprocess(
      (stored) =>
        Array.isArray(stored)
          ? Object.fromEntries(Object.entries(stored).filter(([, at]) => at !== null))
          : stored,
      z.record(Id, z.number()),
    )
    .optional()
    .catch(undefined),
  seen_to: Place.optional().catch(undefined),
  typing: z.number().optional().catch(undefined),
})
export type BoardRecord = z.infer<typeof BoardRecord>

/** `active_calls/{call_id}` as stored (DESIGN 2). Times ending in `_at` are server time, ms since 1970. */
export const CallRecord = z.object({
  conversation_id: Id,
  worker_id: Id,
  company_id: Id.exactOptional(),
  mobile_no: z.string().max(40).default(''),
  admin_id: Id.nullable().default(null),
  /** The lease number: rises by one at each takeover, so that an old holder's late writes can be refused. */
  takeover: z.int().nonnegative().default(0),
  urgency: Urgency,
  status: CallStatus,
  medium: Medium,
  timestamp: Timestamp,
  started_at: z.number().exactOptional(),
  last_message_at: z.number().exactOptional(),
  /** What cannot be read is left out, never the call. */
  talk: TalkRecord.optional().catch(undefined),
  /** When the one who took it over did so, and when they were last known to be there. */
  taken_over_at: z.number().exactOptional(),
  holder_seen_at: z.number().exactOptional(),
  /** When a sweep found that the holder had not been there for long; taken away as soon as they are there again. */
  holder_missed_at: z.number().exactOptional(),
  transfer: TransferRecord.exactOptional(),
  released: ReleaseRecord.exactOptional(),
  /** Who last changed the urgency, from what, and why. */
  urgency_changed: z.object({ from: Urgency, by: Id, at: z.number(), reason: z.string() }).exactOptional(),
  /** The most urgent message so far; older than `urgency_changed` when a person has decided otherwise since. */
  urgency_floor: UrgencyFloorRecord.exactOptional(),
  /** What the watch knows of the worker, see `SilenceRecord`. */
  silence: SilenceRecord.exactOptional(),
  /** Up to when (received) the worker's messages were looked at for their duress word. */
  judged_to: z.number().exactOptional(),
  /** Causes for which alarms were raised, by when. */
  alarmed: z.record(z.string(), z.number()).exactOptional(),
  /** The worker has ended the call with a word, which the server has to look at first; without `proof` it has. */
  end_asked: z.object({ at: z.number(), proof: z.string().exactOptional() }).exactOptional(),
  ended_at: z.number().exactOptional(),
  /** An admin or, for a call that its worker ended, the worker. */
  ended_by: Id.exactOptional(),
  end_reason: z.string().exactOptional(),
})
export type CallRecord = z.infer<typeof CallRecord>

/** A call as the API shows it. Times ending in `_at` are ISO 8601 in UTC, by the server's clock. */
export const Call = z.object({
  call_id: Id,
  conversation_id: Id,
  worker_id: Id,
  worker_name: z.string(),
  mobile_no: z.string(),
  company_id: Id,
  admin_id: Id.nullable(),
  /** Of the holder; their id when nobody knows a name, null while nobody holds the call. */
  admin_name: z.string().nullable(),
  takeover: z.int().nonnegative(),
  urgency: Urgency,
  status: CallStatus,
  medium: Medium,
  timestamp: Timestamp,
  started_at: Timestamp,
  last_message_at: Timestamp.nullable(),
  /** When the worker last wrote; absent when they have not. */
  worker_message_at: Timestamp.exactOptional(),
  /** The worker's earliest message since an admin last wrote; absent when everything is answered. */
  unanswered_at: Timestamp.exactOptional(),
  /** The beginning of the last message, whoever wrote it, on one line. */
  last_words: z.object({ message_id: Id, role: MessageRole, text: z.string() }).exactOptional(),
  /** The beginning of the worker's own last message, on one line; absent when they have not written. */
  worker_words: z.object({ message_id: Id, text: z.string() }).exactOptional(),
  /**
   * How many messages of the worker no admin has seen; 100 stands for a hundred and more. In lists of active calls and on
   * the board only, and absent where it is not known.
   */
  unread_count: z.int().min(0).max(UNREAD_MOST).exactOptional(),
  taken_over_at: Timestamp.exactOptional(),
  /** When the holder was last known to be there; never said as a yes or no. */
  holder_seen_at: Timestamp.exactOptional(),
  /** An open offer to hand the call over. */
  transfer: z.object({ to: Id, by: Id, lapses_at: Timestamp }).exactOptional(),
  /** How the call last came to be without a holder; `holder-lost`: nobody handed it back, the holder vanished. */
  released: z
    .object({
      from: Id,
      takeover: z.int().nonnegative(),
      reason: ReleaseReason,
      at: Timestamp,
      by: Id.exactOptional(),
    })
    .exactOptional(),
  urgency_changed: z.object({ from: Urgency, by: Id, at: Timestamp, reason: z.string() }).exactOptional(),
  urgency_floor: UrgencyFloorRecord.extend({ at: Timestamp }).exactOptional(),
  /** Since when the worker is asked whether they are OK, and has not answered. */
  silence_asked_at: Timestamp.exactOptional(),
  ended_at: Timestamp.exactOptional(),
  ended_by: Id.exactOptional(),
  end_reason: z.string().exactOptional(),
})
export type Call = z.infer<typeof Call>

/** A page of calls. */
export const CallsReply = z.object({
  success: z.literal(true),
  calls: z.array(Call),
  /** How many match in all, on every page; null for ended calls, which nobody counts. */
  total: z.int().nonnegative().nullable(),
  /** Asks for the next page; null on the last. It holds a place, so calls that come and go meanwhile shift nothing. */
  next_cursor: z.string().nullable(),
})

/** Events of `GET /api/calls/stream`, besides those of every stream (`heartbeat`, `reconnect`, `error`). */
export const CallsEvents = {
  initial: z.object({ calls: z.array(Call) }),
  call_added: Call,
  call_changed: Call,
  call_removed: z.object({ call_id: Id, conversation_id: Id }),
  /** The worker is writing: holds for `expires_in_ms` and no longer, unless it is said again. */
  typing: z.object({
    call_id: Id,
    conversation_id: Id,
    typing: z.boolean(),
    expires_in_ms: z.int().nonnegative(),
  }),
}

const Urgencies = z
  .string()
  .regex(
    /^(CRITICAL|HIGH|MEDIUM|LOW)(,(CRITICAL|HIGH|MEDIUM|LOW))*$/,
    'has to be urgencies with commas between',
  )

/**
 * `GET /api/calls`. `urgency`: one or several, with commas between; `mine`: held by the caller; `unassigned`: held by
 * nobody; `name`: a part of the worker's name, whatever its case and accents. Active calls are sorted by `urgency`
 * (within one the longest-waiting are the most urgent), `timestamp`, `started_at` or `last_message`, ended ones by
 * `ended_at`; `desc` unless said otherwise.
 */
export const CallsQuery = z.object({
  status: CallStatus.default('ACTIVE'),
  urgency: Urgencies.optional(),
  mine: z.enum(['true', 'false']).optional(),
  unassigned: z.enum(['true', 'false']).optional(),
  worker_id: Id.optional(),
  name: z.string().trim().min(1).max(100).optional(),
  sort_by: z.enum(['urgency', 'timestamp', 'started_at', 'last_message', 'ended_at']).optional(),
  sort_order: z.enum(['asc', 'desc']).optional(),
  cursor: z.string().min(1).max(512).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
})
export type CallsQuery = z.infer<typeof CallsQuery>

/** The lease (`takeover` number) that the caller believes to hold; refused with 409 when it is not the one in force. */
const lease = z.int().nonnegative().optional()
/** Why, in the caller's own words. */
const reason = z.string().trim().min(1).max(500)

export const TakeoverBody = z.object({})
export const ReleaseBody = z.object({ lease })
export const EndBody = z.object({ lease, reason: reason.optional() })
export const TransferBody = z.object({ to: Id, lease })
export const TransferAnswerBody = z.object({})
export const UrgencyBody = z.object({ urgency: Urgency, reason, lease })

/** What every act on a call answers: the call as it is now. */
export const CallReply = z.object({ success: z.literal(true), call: Call })

/** An admin of one's own company, as far as colleagues are told. */
export const Colleague = z.object({ admin_id: Id, name: z.string(), role: AdminRole })
export type Colleague = z.infer<typeof Colleague>
export const AdminsReply = z.object({ success: z.literal(true), admins: z.array(Colleague) })
