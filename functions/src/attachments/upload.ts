import { ServerValue } from 'firebase-admin/database'
import type { Actor } from '../auth/actor.ts'
import type { Authorized } from '../conversations/authorize.ts'
import { writeGuarded } from '../conversations/guarded-write.ts'
import { uploadPath } from '../conversations/upload-record.ts'
import type { MediaAttachment } from '../media/schema.ts'
import { type MediaRecord, findSent, mediaIdFor, sourceOf, storeMedia } from '../media/store.ts'
import { prepareMedia } from '../media/take-in.ts'
import { AppError } from '../platform/errors.ts'
import { unavailable } from '../streaming/with-timeout.ts'
import { type AttachmentDeps, authorizeAttachment } from './authorize-attachment.ts'

const HOUR_MS = 3_600_000
/** A call can change hands while we write, but hardly this often. */
const ATTEMPTS = 3

/** What the media of a call belong to. With its worker's id, for others may use the ids of an archived call again. */
export const ownerOf = ({ conversationId, call }: Pick<Authorized, 'conversationId' | 'call'>): string =>
  `conversation/${conversationId}/${call.worker_id}`

/**
 * Takes in an image or a recording for a conversation, from its worker or from the admin who holds its call. What comes
 * again under the same key is stored once and answered alike. A message can refer to it from then on.
 *
 * @param key the sender's own name for it
 * @throws AppError as `authorizeAttachment`, `prepareMedia` and `storeMedia` do.
 */
export async function uploadAttachment(
  deps: AttachmentDeps,
  actor: Pick<Actor, 'uid' | 'role' | 'company_id'>,
  id: string,
  { bytes, key }: { bytes: Buffer; key: string },
): Promise<{ attachment: MediaAttachment; replayed: boolean }> {
  const source = sourceOf(bytes)
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const authorized = await mayUpload(deps, actor, id, { key, source })
    if ('sent' in authorized) return { attachment: authorized.sent.facts, replayed: true }
    const { media, replayed } = await store(deps, actor, authorized, { bytes, key, source })
    if ((await tell(deps, authorized, media)) === 'written') {
      note(deps, actor, authorized, media)
      return { attachment: media.facts, replayed }
    }
    // Refused because the call has ended or changed hands: the next look says which.
  }
  throw unavailable()
}

/** What was taken in once is answered for again, though the call has moved on since. */
async function mayUpload(
  deps: AttachmentDeps,
  actor: Pick<Actor, 'uid' | 'role' | 'company_id'>,
  id: string,
  { key, source }: { key: string; source: string },
): Promise<Authorized | { sent: MediaRecord }> {
  try {
    return await authorizeAttachment(deps, actor, id, 'upload')
  } catch (error) {
    if (!(error instanceof AppError && error.code === 'conflict')) throw error
    const sent = await findBefore(deps, actor, id, { key, source })
    if (sent === undefined) throw error
    return { sent }
  }
}

async function findBefore(
  deps: AttachmentDeps,
  actor: Pick<Actor, 'uid' | 'role' | 'company_id'>,
  id: string,
  { key, source }: { key: string; source: string },
): Promise<MediaRecord | undefined> {
  try {
    const authorized = await authorizeAttachment(deps, actor, id, 'read', null)
    return await findSent(deps, mediaIdFor(ownerOf(authorized), actor.uid, key), source)
  } catch (error) {
    // Who may not even read any more is told why they may not upload.
    if (error instanceof AppError && error.code === 'forbidden') return undefined
    throw error
  }
}

async function store(
  deps: AttachmentDeps,
  { uid, company_id }: Pick<Actor, 'uid' | 'company_id'>,
  authorized: Authorized,
  { bytes, key, source }: { bytes: Buffer; key: string; source: string },
): Promise<{ media: MediaRecord; replayed: boolean }> {
  const { config, clock } = deps
  const owner = ownerOf(authorized)
  const id = mediaIdFor(owner, uid, key)
  // Looked for at once: what is sent again need not be drawn again.
  const before = await findSent(deps, id, source)
  if (before !== undefined) return { media: before, replayed: true }
  const prepared = await prepareMedia(bytes, ['image', 'audio'], config.media)
  const unusedAfter = clock.now() + config.media.unusedHours * HOUR_MS
  return await storeMedia(deps, { id, owner, company_id, by: uid, source, prepared, unusedAfter })
}

/** Lets messages of the uploader carry it, if the call is still theirs. */
function tell(
  deps: AttachmentDeps,
  { conversationId }: Authorized,
  { facts, by }: MediaRecord,
): Promise<'written' | 'refused'> {
  const { media_id, ...rest } = facts
  return writeGuarded(deps, {
    [uploadPath(conversationId, media_id)]: { ...rest, by, uploaded_at: ServerValue.TIMESTAMP },
  })
}

function note(
  { audit, clock }: AttachmentDeps,
  { uid, role, company_id }: Pick<Actor, 'uid' | 'role' | 'company_id'>,
  { conversationId, callId }: Authorized,
  { facts }: MediaRecord,
): void {
  audit.record({
    actor: { uid, role },
    action: 'media.upload',
    outcome: 'done',
    company_id,
    conversation_id: conversationId,
    call_id: callId,
    details: { media_id: facts.media_id, kind: facts.kind, bytes: facts.bytes },
    key: `media ${facts.media_id}`,
    at: clock.now(),
  })
}
