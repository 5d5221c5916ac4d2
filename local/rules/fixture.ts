import { serverTimestamp } from 'firebase/database'

/** The state that every case of the rules' table starts from, and builders of what a worker writes. */

export const TIMESTAMP = '2025-10-03T11:58:04+05:30'

const ravi = { uid: 'worker_ravi', role: 'worker', company_id: 'c_acme' } as const
const meera = { uid: 'worker_meera', role: 'worker', company_id: 'c_acme' } as const
const tom = { uid: 'worker_tom', role: 'worker', company_id: 'c_globex' } as const

/** Who tries. `null` is nobody: no token at all. */
export const actors = {
  ravi,
  meera,
  tom,
  'an agent of the company': { uid: 'admin_ben', role: 'agent', company_id: 'c_acme' },
  'a manager of the company': { uid: 'admin_ava', role: 'manager', company_id: 'c_acme' },
  'an admin of another company': { uid: 'admin_gus', role: 'manager', company_id: 'c_globex' },
  'ravi, moved to another company': { uid: ravi.uid, role: 'worker', company_id: 'c_globex' },
  'ravi without a company': { uid: ravi.uid, role: 'worker' },
  'ravi without a role': { uid: ravi.uid, company_id: 'c_acme' },
  // What the server's own guarded connection looks like to the rules; no person has this uid.
  'the API': { uid: 'lifeline-api' },
  nobody: null,
} as const
export type ActorName = keyof typeof actors

const storedMessage = (uid: string, received_at = 1_000) => ({
  role: 'user',
  content: 'Stored before',
  timestamp: TIMESTAMP,
  received_at,
  sender_id: uid,
  sources: '',
})

function stored(
  name: string,
  worker: { uid: string; company_id: string },
  call: Record<string, unknown> = {},
) {
  const owner = { worker_id: worker.uid, company_id: worker.company_id }
  return {
    call: {
      ...owner,
      conversation_id: `conv_${name}`,
      mobile_no: '+919325590143',
      takeover: 0,
      urgency: 'HIGH',
      status: 'ACTIVE',
      medium: 'Text',
      timestamp: TIMESTAMP,
      started_at: 1_000,
      last_message_at: 1_000,
      ...call,
    },
    conversation: {
      ...owner,
      call_id: `call_${name}`,
      messages: { msg_old: storedMessage(worker.uid), msg_older: storedMessage(worker.uid, 500) },
    },
  }
}

const calls = {
  ravi: stored('ravi', ravi),
  ended: stored('ended', ravi, { status: 'ENDED' }),
  held: stored('held', ravi, { admin_id: 'admin_ben', takeover: 3 }),
  // Held, and over: what an archive has not cleared yet.
  over: stored('over', ravi, { admin_id: 'admin_ben', takeover: 3, status: 'ENDED' }),
  meera: stored('meera', meera),
  tom: stored('tom', tom),
}

/** Ravi is asked whether he is OK. */
const storedCheck = { id: 'check_1000', asked_at: 61_000, answer_by: 106_000 }

const storedMark = { message_id: 'msg_old', received_at: 1_000, seen_at: 2_000 }

/** What Ravi has uploaded. */
const storedUploads = {
  media_photo: {
    by: 'worker_ravi',
    kind: 'image',
    content_type: 'image/jpeg',
    bytes: 1_000,
    width: 40,
    height: 30,
    uploaded_at: 1_000,
  },
  media_voice: {
    by: 'worker_ravi',
    kind: 'audio',
    content_type: 'audio/webm',
    bytes: 500,
    uploaded_at: 1_000,
  },
}

/** A call `call_<name>` of each of the above with its conversation `conv_<name>` and two messages; what Ava has seen. */
export const state = {
  active_calls: Object.fromEntries(Object.entries(calls).map(([name, { call }]) => [`call_${name}`, call])),
  active_conversations: Object.fromEntries(
    Object.entries(calls).map(([name, { conversation }]) => [
      `conv_${name}`,
      {
        ...conversation,
        ...(name === 'held' && { seen: { worker_ravi: storedMark } }),
        ...((name === 'held' || name === 'over') && { check: storedCheck }),
      },
    ]),
  ),
  team_seen: { conv_ravi: { admin_ava: storedMark } },
  boards: {
    c_acme: {
      call_ravi: {
        unread: { msg_old: 1_000 },
        seen_to: { message_id: 'msg_older', received_at: 500 },
        typing: 1_000,
      },
    },
  },
  live_summaries: {
    conv_held: {
      content: '{}',
      model: 'lifeline-offline',
      is_fallback: false,
      covers_up_to: 'msg_old',
      covers_at: 1_000,
      covers_count: 2,
      updated_at: 1_500,
    },
  },
  uploads: {
    conv_ravi: storedUploads,
    conv_held: { ...storedUploads, media_ben: { ...storedUploads.media_photo, by: 'admin_ben' } },
  },
  archived_ids: { call_archived: true, conv_archived: true },
}

type Fields = Record<string, unknown>

/** Drops the fields that a case leaves out (`undefined`): the SDK refuses to send them. */
const defined = (fields: Fields): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))

/** A message as the worker's page writes it. */
export const message = (overrides: Fields = {}): Fields =>
  defined({
    role: 'user',
    content: 'Please hurry',
    timestamp: TIMESTAMP,
    received_at: serverTimestamp(),
    sender_id: ravi.uid,
    sources: '',
    ...overrides,
  })

/** The one write that starts a call of Ravi's. */
export function startOfCall(
  options: { call?: Fields; conversation?: Fields; callId?: string; conversationId?: string } = {},
): Fields {
  const { callId = 'call_new', conversationId = 'conv_new' } = options
  const owner = { worker_id: ravi.uid, company_id: ravi.company_id }
  return {
    [`active_calls/${callId}`]: defined({
      ...owner,
      conversation_id: conversationId,
      mobile_no: '+919325590143',
      takeover: 0,
      urgency: 'CRITICAL',
      status: 'ACTIVE',
      medium: 'Text',
      timestamp: TIMESTAMP,
      started_at: serverTimestamp(),
      last_message_at: serverTimestamp(),
      ...options.call,
    }),
    [`active_conversations/${conversationId}`]: defined({
      ...owner,
      call_id: callId,
      ...options.conversation,
    }),
  }
}

/** A multi-path write of one message into a conversation. */
export const append = (overrides: Fields = {}, conversation = 'conv_ravi', id = 'msg_new'): Fields => ({
  [`active_conversations/${conversation}/messages/${id}`]: message(overrides),
})
