import { createHash } from 'node:crypto'
import { FieldValue, type DocumentReference, type Firestore } from 'firebase-admin/firestore'
import { z } from 'zod'
import type { Deps } from '../deps.ts'
import { AppError } from '../platform/errors.ts'
import { Id } from '../platform/schema.ts'
import { unavailable, withTimeout } from '../streaming/with-timeout.ts'
import type { Prepared } from './prepared.ts'
import { MediaAttachment } from './schema.ts'

/** Bytes in one document, of which Firestore takes 1 MiB with all that surrounds them. */
const CHUNK_BYTES = 960 * 1_024
/** One commit, and so everything or nothing: Firestore takes 10 MiB of it. */
const MAX_BYTES = 9 * 1_024 * 1_024
const TIMEOUT_MS = 20_000

/** `media/{id}`; the bytes are in `media/{id}/media_chunks/{0…}`. */
const MediaRecord = z.object({
  /** What it belongs to, e.g. `conversation/conv_1`; whoever reads it has to name the same. */
  owner: z.string(),
  company_id: Id,
  /** Who uploaded it. */
  by: Id,
  facts: MediaAttachment,
  chunk_bytes: z.int().positive(),
  /** SHA-256, in hex, of what was sent, which a resend has to match. */
  source: z.string(),
  /** ms since 1970. */
  created_at: z.number(),
  /** From when on it is looked whether anything refers to it; absent once that is so. */
  unused_after: z.number().exactOptional(),
})
export type MediaRecord = z.infer<typeof MediaRecord>

export interface NewMedia extends Pick<MediaRecord, 'owner' | 'company_id' | 'by'> {
  /** Follows from the sender's own key (`mediaIdFor`), so that what is sent again meets what is there. */
  id: string
  /** `sourceOf` the bytes as they came. */
  source: string
  prepared: Prepared
  /** For uploads that something has to refer to later; without it they stay. */
  unusedAfter?: number
}

type StoreDeps = Pick<Deps, 'firestore' | 'clock'>

/** The id of an upload, from what it belongs to, who sends it and under which key. */
export const mediaIdFor = (owner: string, by: string, key: string): string =>
  `media_${createHash('sha256')
    .update(JSON.stringify([owner, by, key]))
    .digest('base64url')
    .slice(0, 32)}`

export const sourceOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex')

const documentOf = (firestore: Firestore, id: string): DocumentReference =>
  firestore.collection('media').doc(id)
const chunkOf = (document: DocumentReference, index: number) =>
  document.collection('media_chunks').doc(String(index))

/**
 * Stores media, the whole of it or nothing. What is there under the id already stays.
 *
 * @returns `replayed` when the same had been stored before, also by somebody at this very moment
 * @throws AppError `conflict` (`key-reused`) when other bytes were stored under the id, `too-large` for what does not
 * fit into one commit, `unavailable` when Firestore does not answer.
 */
export async function storeMedia(
  deps: StoreDeps,
  { id, prepared, unusedAfter, ...rest }: NewMedia,
): Promise<{ media: MediaRecord; replayed: boolean }> {
  const { firestore, clock } = deps
  const { data, ...facts } = prepared
  if (data.length > MAX_BYTES) throw new AppError('too-large', 'This is too large to be stored')
  const media = MediaRecord.parse({
    ...rest,
    facts: { ...facts, media_id: id, bytes: data.length },
    chunk_bytes: CHUNK_BYTES,
    created_at: clock.now(),
    ...(unusedAfter !== undefined && { unused_after: unusedAfter }),
  })
  const document = documentOf(firestore, id)
  const batch = firestore.batch().create(document, media)
  for (let at = 0; at < data.length; at += CHUNK_BYTES) {
    batch.set(chunkOf(document, at / CHUNK_BYTES), { bytes: data.subarray(at, at + CHUNK_BYTES) })
  }
  try {
    await withTimeout(batch.commit(), TIMEOUT_MS, clock)
    return { media, replayed: false }
  } catch (error) {
    // gRPC's ALREADY_EXISTS.
    if ((error as { code?: unknown }).code !== 6) throw unavailable(error)
  }
  const before = await findSent(deps, id, rest.source)
  if (before === undefined) throw unavailable()
  return { media: before, replayed: true }
}

/**
 * What was stored under the id before.
 *
 * @throws AppError `conflict` (`key-reused`) when it came from other bytes, `unavailable`.
 */
export async function findSent(
  deps: StoreDeps,
  id: string,
  source: string,
): Promise<MediaRecord | undefined> {
  const media = await findMedia(deps, id)
  if (media === undefined || media.source === source) return media
  throw new AppError('conflict', 'This key was used for something else. Send new media under a new key.', {
    details: { reason: 'key-reused', media_id: id },
  })
}

/** What is stored under the id; undefined for nothing. @throws AppError `unavailable`. */
export async function findMedia(
  { firestore, clock }: StoreDeps,
  id: string,
): Promise<MediaRecord | undefined> {
  if (!Id.safeParse(id).success || id.startsWith('__')) return undefined
  const found = await answered(documentOf(firestore, id).get(), clock)
  return found.exists ? MediaRecord.parse(found.data()) : undefined
}

/**
 * The bytes from `start` up to and without `end`; of the stored documents only those are read that hold some of them.
 *
 * @throws AppError `not-found` when it has been removed meanwhile, `unavailable`.
 */
export async function readBytes(
  { firestore, clock }: StoreDeps,
  { facts, chunk_bytes }: Pick<MediaRecord, 'facts' | 'chunk_bytes'>,
  { start = 0, end = facts.bytes }: { start?: number; end?: number } = {},
): Promise<Buffer> {
  const document = documentOf(firestore, facts.media_id)
  const first = Math.floor(start / chunk_bytes)
  const count = Math.ceil(end / chunk_bytes) - first
  const references = Array.from({ length: count }, (_, index) => chunkOf(document, first + index))
  const chunks = await answered(firestore.getAll(...references), clock)
  if (chunks.some(({ exists }) => !exists)) throw new AppError('not-found', 'Attachment not found.')
  const offset = first * chunk_bytes
  return Buffer.concat(chunks.map((chunk) => chunk.get('bytes') as Buffer)).subarray(
    start - offset,
    end - offset,
  )
}

/** Uploads whose time to be referred to has passed, the oldest first, as many as are handled in one go. */
export async function findUnused({ firestore, clock }: StoreDeps, limit: number): Promise<MediaRecord[]> {
  const query = firestore
    .collection('media')
    .where('unused_after', '<', clock.now())
    .orderBy('unused_after')
    .limit(limit)
  return (await query.get()).docs.map((document) => MediaRecord.parse(document.data()))
}

/** Something refers to it: it stays from now on. */
export const keepMedia = async ({ firestore }: Pick<Deps, 'firestore'>, id: string): Promise<void> => {
  await documentOf(firestore, id).update({ unused_after: FieldValue.delete() })
}

/** Takes media away, all of it at once. */
export async function removeMedia(
  { firestore }: Pick<Deps, 'firestore'>,
  { facts, chunk_bytes }: Pick<MediaRecord, 'facts' | 'chunk_bytes'>,
): Promise<void> {
  const document = documentOf(firestore, facts.media_id)
  const batch = firestore.batch().delete(document)
  for (let at = 0; at < facts.bytes; at += chunk_bytes) batch.delete(chunkOf(document, at / chunk_bytes))
  await batch.commit()
}

async function answered<T>(work: Promise<T>, clock: Deps['clock']): Promise<T> {
  try {
    return await withTimeout(work, TIMEOUT_MS, clock)
  } catch (error) {
    throw unavailable(error)
  }
}
