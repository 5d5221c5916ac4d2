import { ServerValue } from 'firebase-admin/database'
import type { LiveServer } from './live-server.ts'

export interface CallFixture {
  callId: string
  conversationId: string
  workerId: string
}

let made = 0

/** Starts a call as a worker's phone does: call and conversation in one write. */
export async function startCall(
  { device }: Pick<LiveServer, 'device'>,
  {
    company = 'c_acme',
    call = {},
    messages = {},
  }: { company?: string; call?: object; messages?: object } = {},
): Promise<CallFixture> {
  made += 1
  const ids = { callId: `call_${made}`, conversationId: `conv_${made}`, workerId: `worker_${made}` }
  await device.firestore
    .doc(`workers/${ids.workerId}`)
    .set({ company_id: company, name: `Worker ${made}`, mobile_no: '+91' })
  await device.database.ref().update({
    [`active_calls/${ids.callId}`]: {
      conversation_id: ids.conversationId,
      worker_id: ids.workerId,
      company_id: company,
      mobile_no: '+919325590143',
      takeover: 0,
      urgency: 'CRITICAL',
      status: 'ACTIVE',
      medium: 'Voice',
      timestamp: '2025-10-03T11:58:04+05:30',
      started_at: ServerValue.TIMESTAMP,
      last_message_at: ServerValue.TIMESTAMP,
      ...call,
    },
    [`active_conversations/${ids.conversationId}`]: {
      call_id: ids.callId,
      worker_id: ids.workerId,
      company_id: company,
      ...(Object.keys(messages).length > 0 && { messages }),
    },
  })
  return ids
}

export const messageRecord = (content: string, rest: object = {}) => ({
  role: 'user',
  content,
  timestamp: '2025-10-03T11:58:04+05:30',
  received_at: ServerValue.TIMESTAMP,
  sender_id: 'worker_1',
  sources: '',
  ...rest,
})

/** Writes a message under this id. */
export const write = (
  { device }: Pick<LiveServer, 'device'>,
  { conversationId }: CallFixture,
  messageId: string,
  rest: object = {},
): Promise<void> =>
  device.database
    .ref(`active_conversations/${conversationId}/messages/${messageId}`)
    .set(messageRecord(`text of ${messageId}`, rest))

export const changeCall = (
  { device }: Pick<LiveServer, 'device'>,
  { callId }: CallFixture,
  change: object,
): Promise<void> => device.database.ref(`active_calls/${callId}`).update(change)

/** Ids of the messages of an event or a body. */
export const messageIds = (data: Record<string, unknown>): string[] =>
  (data.messages as { message_id: string }[]).map(({ message_id }) => message_id)
