import type { Deps } from '../deps.ts'
import type { Message } from './schema.ts'
import type { Viewer } from './policy.ts'

/**
 * Notes a message that an admin has sent. The message itself, which nobody can change, names its sender, its lease and the
 * server's time in the step that stores it, so the entry may follow; told again, it is the same entry.
 */
export function noteSent(
  { audit }: Pick<Deps, 'audit'>,
  { uid, role, company_id }: Viewer,
  { conversationId, callId, message }: { conversationId: string; callId: string; message: Message },
): void {
  audit.record({
    actor: { uid, role },
    action: 'message.send',
    outcome: 'done',
    company_id,
    conversation_id: conversationId,
    call_id: callId,
    details: { message_id: message.message_id },
    key: `message ${conversationId} ${message.message_id}`,
    at: Date.parse(message.received_at),
  })
}
