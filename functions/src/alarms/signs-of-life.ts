import type { CallRecord } from '../calls/schema.ts'
import { CheckRecord } from '../conversations/schema.ts'
import type { Deps } from '../deps.ts'

/** What a conversation says of its worker. Times are ms since 1970. */
export interface Signs {
  /** There is a conversation to ask a question in. */
  hasConversation: boolean
  /** When the worker last wrote or answered; null when nothing of them is among the latest messages. */
  heardAt: number | null
  check: CheckRecord | undefined
  /** When the worker's device was last heard of. */
  contactAt: number | undefined
}

/** Further back the worker's last message is older than any silence that we wait for. */
const LATEST = 50

/**
 * Reads the worker's last sign of life: a message of theirs, or an answer to the question. That their device is there
 * is none: a phone goes on telling so beside whoever cannot.
 *
 * @throws when the database does not answer.
 */
export async function readSigns(
  { writes }: Pick<Deps, 'writes'>,
  { conversation_id, worker_id }: Pick<CallRecord, 'conversation_id' | 'worker_id'>,
): Promise<Signs> {
  const conversation = writes.ref(`active_conversations/${conversation_id}`)
  const [messages, asked, callId, contact] = await Promise.all([
    conversation.child('messages').orderByChild('received_at').limitToLast(LATEST).get(),
    conversation.child('check').get(),
    conversation.child('call_id').get(),
    conversation.child(`presence/${worker_id}/last_seen`).get(),
  ])
  const times: number[] = []
  messages.forEach((message) => {
    const at: unknown = message.child('received_at').val()
    if (message.child('role').val() === 'user' && typeof at === 'number') times.push(at)
  })
  const check = CheckRecord.safeParse(asked.val()).data
  if (check?.answer !== undefined) times.push(check.answer.at)
  const contactAt: unknown = contact.val()
  return {
    hasConversation: callId.exists(),
    heardAt: times.length === 0 ? null : Math.max(...times),
    check,
    contactAt: typeof contactAt === 'number' ? contactAt : undefined,
  }
}
