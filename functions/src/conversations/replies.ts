import type { Actor } from '../auth/actor.ts'
import type { Deps } from '../deps.ts'
import type { Directory } from './directory.ts'
import { markSeen } from './mark-seen.ts'
import type { SeenMark } from './schema.ts'
import { type OutgoingMessage, type SentMessage, sendMessage } from './send-message.ts'
import { type SetTyping, createSetTyping } from './set-typing.ts'

type Sender = Pick<Actor, 'uid' | 'role' | 'company_id'>

/** What an admin does in a conversation, the same by whichever way it comes in. */
export interface Replies {
  send(sender: Sender, conversationId: string, outgoing: OutgoingMessage): Promise<SentMessage>
  seen(reader: Sender, conversationId: string, messageId: string): Promise<SeenMark>
  typing: SetTyping
}

export function createReplies(
  deps: Pick<Deps, 'writes' | 'guarded' | 'firestore' | 'clock' | 'log' | 'audit'> & { directory: Directory },
): Replies {
  return {
    send: (sender, id, outgoing) => sendMessage(deps, sender, id, outgoing),
    seen: (reader, id, messageId) => markSeen(deps, reader, id, messageId),
    typing: createSetTyping(deps),
  }
}
