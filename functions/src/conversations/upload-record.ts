import type { Deps } from '../deps.ts'
import { type Attachment, MediaAttachment, type OutgoingAttachment } from '../media/schema.ts'
import { AppError } from '../platform/errors.ts'
import { Id } from '../platform/schema.ts'
import { z } from 'zod'
import { readAccepted } from './guarded-write.ts'

/**
 * `uploads/{conversation_id}/{media_id}`: what somebody has uploaded for a conversation. The rules let a message carry
 * media only as this record says, and only for whoever uploaded it, so that no message points at others' media.
 */
const UploadRecord = z.object({ by: Id, uploaded_at: z.number() })

export const uploadPath = (conversationId: string, mediaId: string): string =>
  `uploads/${conversationId}/${mediaId}`

/**
 * What a message of `uid` will carry.
 *
 * @throws AppError `not-found` when they have not uploaded it for this conversation, `unavailable`.
 */
export async function resolveAttachment(
  deps: Pick<Deps, 'writes' | 'clock'>,
  { conversationId, uid }: { conversationId: string; uid: string },
  outgoing: OutgoingAttachment,
): Promise<Attachment> {
  if ('kind' in outgoing) return outgoing
  const { media_id } = outgoing
  const stored = await readAccepted(deps, uploadPath(conversationId, media_id))
  const upload = UploadRecord.safeParse(stored)
  if (!upload.success || upload.data.by !== uid) throw new AppError('not-found', 'Attachment not found.')
  return MediaAttachment.parse({ ...(stored as object), media_id })
}

/** Whether a message carries what was sent. */
export function isSameAttachment(
  attachment: Attachment | undefined,
  outgoing: OutgoingAttachment | undefined,
): boolean {
  if (attachment === undefined || outgoing === undefined) return attachment === outgoing
  if (!('kind' in outgoing))
    return attachment.kind !== 'location' && attachment.media_id === outgoing.media_id
  const { latitude, longitude, accuracy_m, captured_at } = outgoing
  return (
    attachment.kind === 'location' &&
    attachment.latitude === latitude &&
    attachment.longitude === longitude &&
    attachment.accuracy_m === accuracy_m &&
    attachment.captured_at === captured_at
  )
}
