import { createHash } from 'node:crypto'

/**
 * The id under which a sender's message is stored. It follows from who sends what under which key, so that a message
 * sent again, by whatever process and after whatever restart, meets the one that is there already.
 */
export function messageIdFor(conversationId: string, senderId: string, key: string): string {
  // As JSON, for no separator is safe from standing in a key.
  const name = JSON.stringify([conversationId, senderId, key])
  return `msg_${createHash('sha256').update(name).digest('base64url').slice(0, 32)}`
}
