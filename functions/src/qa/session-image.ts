import type { Actor } from '../auth/actor.ts'
import type { Deps } from '../deps.ts'
import {
  type MediaRecord,
  findMedia,
  mediaIdFor,
  readBytes,
  removeMedia,
  sourceOf,
  storeMedia,
} from '../media/store.ts'
import { prepareMedia } from '../media/take-in.ts'
import { AppError } from '../platform/errors.ts'
import { qaError } from './errors.ts'
import type { QuestionSubmitRequest } from './question-schema.ts'
import { readSession } from './session-store.ts'

const BASE64 = /^[A-Za-z0-9+/\s]+={0,2}\s*$/
/** Of a data URL, which some clients send whole. */
const PREFIX = /^data:[\w/+.-]+;base64,/

const ownerOf = (sessionId: string): string => `qa_session/${sessionId}`

type ImageDeps = Pick<Deps, 'firestore' | 'clock'>

/**
 * Takes in the picture of a question: what it is its content decides, and it is drawn anew before it is stored.
 *
 * @returns what was stored, null when no picture was sent
 * @throws AppError `INVALID_IMAGE` with what is wrong with it, `unavailable`.
 */
export async function storeImage(
  deps: ImageDeps & Pick<Deps, 'config'>,
  { uid, company_id }: Pick<Actor, 'uid' | 'company_id'>,
  sessionId: string,
  { image_base64, image_mime_type }: Pick<QuestionSubmitRequest, 'image_base64' | 'image_mime_type'>,
): Promise<MediaRecord | null> {
  if (image_base64 === null || image_base64 === undefined || image_base64 === '') return null
  const text = image_base64.replace(PREFIX, '')
  if (!BASE64.test(text)) throw invalidImage('The image is not base64', 'not-base64')
  if (image_mime_type && !image_mime_type.startsWith('image/')) {
    throw invalidImage('The attachment has to be an image', 'type-not-accepted')
  }
  const bytes = Buffer.from(text, 'base64')
  const prepared = await prepareMedia(bytes, ['image'], deps.config.media).catch((error: unknown) => {
    if (!(error instanceof AppError) || error.status >= 500) throw error
    const reason = error.details?.reason
    throw invalidImage(error.message, typeof reason === 'string' ? reason : 'unreadable', error)
  })
  const owner = ownerOf(sessionId)
  const { media } = await storeMedia(deps, {
    id: mediaIdFor(owner, uid, 'image'),
    owner,
    company_id,
    by: uid,
    source: sourceOf(bytes),
    prepared,
  })
  return media
}

const invalidImage = (message: string, reason: string, cause?: unknown): AppError =>
  qaError('INVALID_IMAGE', 'invalid-input', message, { cause, details: { reason } })

/** Takes the picture of a session away that was not made after all. */
export const dropImage = (deps: ImageDeps, image: MediaRecord): Promise<void> => removeMedia(deps, image)

/**
 * The picture of a session, for whoever may see the session.
 *
 * @throws AppError as `readSession` does, and `IMAGE_NOT_FOUND` for a session without one.
 */
export async function readSessionImage(
  deps: ImageDeps,
  actor: Actor,
  sessionId: string,
): Promise<{ contentType: string; data: Buffer }> {
  const { image_id } = await readSession(deps, actor, sessionId, 'read')
  const image = await readImage(deps, sessionId, image_id)
  if (image !== null) return image
  throw qaError('IMAGE_NOT_FOUND', 'not-found', 'The session has no image')
}

/** Null for a session without a picture. */
export async function readImage(
  deps: ImageDeps,
  sessionId: string,
  imageId: string | null,
): Promise<{ contentType: string; data: Buffer } | null> {
  const media = imageId === null ? undefined : await findMedia(deps, imageId)
  if (media === undefined || media.owner !== ownerOf(sessionId)) return null
  return { contentType: media.facts.content_type, data: await readBytes(deps, media) }
}
