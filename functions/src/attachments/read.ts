import type { Actor } from '../auth/actor.ts'
import type { MediaAttachment } from '../media/schema.ts'
import { findMedia, readBytes } from '../media/store.ts'
import { AppError } from '../platform/errors.ts'
import { type AttachmentDeps, authorizeAttachment } from './authorize-attachment.ts'
import { ownerOf } from './upload.ts'

export interface ReadAttachment {
  facts: MediaAttachment
  /** Where the bytes begin and end (exclusive), when only a part was asked for. */
  part: { start: number; end: number } | undefined
  data: Buffer
}

/**
 * The bytes of an attachment, for whoever may read its conversation, active or archived.
 *
 * @param range the header `Range`; one that names no single span of bytes is passed over (RFC 9110 §14.2)
 * @throws AppError `not-found` also for media of another conversation, `range-not-satisfiable`, and as
 * `authorizeAttachment` does.
 */
export async function readAttachment(
  deps: AttachmentDeps,
  actor: Pick<Actor, 'uid' | 'role' | 'company_id'>,
  { conversationId, mediaId, range }: { conversationId: string; mediaId: string; range: string | undefined },
): Promise<ReadAttachment> {
  const authorized = await authorizeAttachment(deps, actor, conversationId, 'read')
  const media = await findMedia(deps, mediaId)
  if (media === undefined || media.owner !== ownerOf(authorized)) {
    throw new AppError('not-found', 'Attachment not found.')
  }
  const part = partOf(range, media.facts.bytes)
  return { facts: media.facts, part, data: await readBytes(deps, media, part) }
}

function partOf(range: string | undefined, length: number): ReadAttachment['part'] {
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(range ?? '') ?? []
  if (first === '' && last === '') return undefined
  const start = first === '' ? Math.max(0, length - Number(last)) : Number(first)
  const end = first === '' || last === '' ? length : Math.min(length, Number(last) + 1)
  if (first !== '' && last !== '' && Number(last) < Number(first)) return undefined
  if (start < end) return { start, end }
  throw new AppError('range-not-satisfiable', 'There are no such bytes', {
    headers: { 'Content-Range': `bytes */${length}` },
  })
}
