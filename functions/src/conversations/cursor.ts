import { Id } from '../platform/schema.ts'

/** A place in a conversation: the server time (ms) and the id of the last message that a reader has. */
export type Cursor = { readonly receivedAt: number; readonly messageId: string }

/** `<received_at>.<message_id>`, the event id of DESIGN 5. */
export const formatCursor = ({ receivedAt, messageId }: Cursor): string => `${receivedAt}.${messageId}`

/** Reads a `Last-Event-ID`; undefined for anything that `formatCursor` did not write. */
export function parseCursor(text: string | undefined): Cursor | undefined {
  const match = /^(\d{1,15})\.(.+)$/s.exec(text ?? '')
  const messageId = Id.safeParse(match?.[2])
  if (match === null || !messageId.success) return undefined
  return { receivedAt: Number(match[1]), messageId: messageId.data }
}
