import { ServerValue } from 'firebase-admin/database'
import type { Actor } from '../auth/actor.ts'
import type { Deps } from '../deps.ts'
import { AppError } from '../platform/errors.ts'
import { unavailable } from '../streaming/with-timeout.ts'
import { Id } from '../platform/schema.ts'
import { readArchivedMessage } from './archive.ts'
import { type Authorized, authorizeAct, unknownConversation } from './authorize.ts'
import type { Directory } from './directory.ts'
import { readAccepted, writeGuarded } from './guarded-write.ts'
import { messageIdFor } from './message-id.ts'
import { readMessage } from './read-message.ts'
import { noteSent } from './note-sent.ts'
import type { Message, MessageRecord, PostMessageBody } from './schema.ts'
import { isSameAttachment, resolveAttachment } from './upload-record.ts'

export type SendDeps = Pick<Deps, 'writes' | 'guarded' | 'firestore' | 'clock' | 'log' | 'audit'> & {
  directory: Directory
}

export interface OutgoingMessage extends Pick<
  PostMessageBody,
  'content' | 'timestamp' | 'lease' | 'attachment'
> {
  /** The sender's own name for this message: sent again under it, it is stored once. */
  key: string
}

export interface SentMessage {
  message: Message
  /** True when it was stored before, and this only answered for it again. */
  replayed: boolean
}

/** A call can change hands while we write, but hardly this often. */
const ATTEMPTS = 3

/**
 * Sends a message as the admin who holds the call. That they hold it, under the lease they name, and that the call is
 * active are judged twice: first in words for the caller, and then by the rules in the very write, which takes the
 * time of the call's last message along and ends the sender's typing.
 *
 * @throws AppError `conflict` when the call is not theirs, not under that lease, or over, or when the key was used for
 * other words; otherwise as `authorizeAct` does.
 */
export async function sendMessage(
  deps: SendDeps,
  actor: Pick<Actor, 'uid' | 'role' | 'company_id'>,
  conversationId: string,
  outgoing: OutgoingMessage,
): Promise<SentMessage> {
  const messageId = messageIdFor(conversationId, actor.uid, outgoing.key)
  if (!Id.safeParse(conversationId).success) throw unknownConversation()
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    // Looked for at once: a message sent again costs no write that the rules would have to refuse.
    const before = findSent(deps, conversationId, messageId)
    // Whoever is refused does not wait for it.
    before.catch(() => undefined)
    const authorized = await mayAnswer(deps, actor, conversationId, { ...outgoing, messageId, before })
    if ('message' in authorized) return replay(authorized.message, outgoing)
    const { callId } = authorized
    const answer = (sent: SentMessage): SentMessage => {
      noteSent(deps, actor, { conversationId, callId, message: sent.message })
      return sent
    }
    const known = await before
    if (known !== undefined) return answer(replay(known, outgoing))
    const outcome = await write(deps, actor.uid, authorized, messageId, outgoing)
    const message = await findSent(deps, conversationId, messageId)
    if (message !== undefined) {
      return answer(outcome === 'written' ? { message, replayed: false } : replay(message, outgoing))
    }
    // Archived in this very moment, or refused because the call has changed: the next look says which.
  }
  throw unavailable()
}

/** What was accepted once is answered for again, though the call has moved on since, or lies in the archive. */
async function mayAnswer(
  deps: SendDeps,
  actor: Pick<Actor, 'uid' | 'role' | 'company_id'>,
  conversationId: string,
  { lease, messageId, before }: { lease?: number; messageId: string; before: Promise<Message | undefined> },
): Promise<Authorized | { message: Message }> {
  try {
    return await authorizeAct(deps, actor, conversationId, { action: 'write', lease })
  } catch (error) {
    if (!(error instanceof AppError && error.code === 'conflict')) throw error
    const message = (await before) ?? (await readArchivedMessage(deps, conversationId, messageId))?.message
    if (message === undefined) throw error
    return { message }
  }
}

async function write(
  deps: SendDeps,
  uid: string,
  { conversationId, callId, call }: Authorized,
  messageId: string,
  { content, timestamp, attachment }: OutgoingMessage,
): Promise<'written' | 'refused'> {
  const conversation = `active_conversations/${conversationId}`
  const record = {
    role: 'admin',
    content,
    timestamp: timestamp ?? new Date(deps.clock.now()).toISOString(),
    sender_id: uid,
    sources: '',
    lease: call.takeover,
    ...(attachment && { attachment: await resolveAttachment(deps, { conversationId, uid }, attachment) }),
  } satisfies Omit<MessageRecord, 'received_at'>
  return await writeGuarded(deps, {
    [`${conversation}/messages/${messageId}`]: { ...record, received_at: ServerValue.TIMESTAMP },
    [`${conversation}/typing/${uid}`]: null,
    [`active_calls/${callId}/last_message_at`]: ServerValue.TIMESTAMP,
  })
}

async function findSent(
  deps: SendDeps,
  conversationId: string,
  messageId: string,
): Promise<Message | undefined> {
  const path = `active_conversations/${conversationId}/messages/${messageId}`
  return readMessage(messageId, await readAccepted(deps, path), deps.clock.now())?.message
}

function replay(message: Message, { content, attachment }: OutgoingMessage): SentMessage {
  const isSame = message.content === content && isSameAttachment(message.attachment, attachment)
  if (isSame) return { message, replayed: true }
  throw new AppError('conflict', 'This key was used for another message. Send new words under a new key.', {
    details: { reason: 'key-reused', message_id: message.message_id },
  })
}
