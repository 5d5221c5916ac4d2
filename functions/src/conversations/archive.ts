import type { DocumentReference, Firestore } from 'firebase-admin/firestore'
import { z } from 'zod'
import type { Deps } from '../deps.ts'
import { Id } from '../platform/schema.ts'
import { unavailable, withTimeout } from '../streaming/with-timeout.ts'
import type { ArchivedCall } from './access.ts'
import { type ArchivedMessage, documentName, fromArchived } from './archived-message.ts'
import { type ReadMessage, compareMessages, readMessage } from './read-message.ts'
import { parseCall, warnOfMalformed } from './store.ts'

/**
 * `conversations/{id}.archive`: written last, when every message is in place, so that an archive is seen whole or not
 * at all.
 */
export const ArchiveMark = z.object({
  version: z.literal(1),
  count: z.int().nonnegative(),
  /** `digestOf` all messages. */
  digest: z.string(),
  /** ms since 1970. */
  archived_at: z.number(),
  /** The call as it was stored, as JSON. */
  call: z.string(),
  /** What else belonged to the conversation (seen marks, its summary), as JSON. */
  rest: z.string(),
})
export type ArchiveMark = z.infer<typeof ArchiveMark>

type ArchiveDeps = Pick<Deps, 'firestore' | 'clock' | 'log'>

/** How long a read may take before the caller is told that it is unavailable, ms. */
const READ_TIMEOUT_MS = 10_000

/** Where a conversation is indexed, and archived once it has ended. */
export const conversationDocument = (firestore: Firestore, conversationId: string): DocumentReference =>
  firestore.collection('conversations').doc(documentName(conversationId))

/**
 * The call behind an archived conversation; undefined while there is no archive of it.
 *
 * @throws AppError `unavailable` when Firestore does not answer.
 */
export async function readArchivedCallOf(
  deps: ArchiveDeps,
  conversationId: string,
): Promise<{ callId: string; call: ArchivedCall } | undefined> {
  const { firestore, clock } = deps
  const document = await answered(conversationDocument(firestore, conversationId).get(), clock)
  return document.exists ? parseArchived(deps, document.data()) : undefined
}

/**
 * The same by the id of the call.
 *
 * @throws AppError `unavailable` when Firestore does not answer.
 */
export async function readArchivedCall(deps: ArchiveDeps, callId: string): Promise<ArchivedCall | undefined> {
  const { firestore, clock } = deps
  const query = firestore.collection('conversations').where('call_id', '==', callId).limit(10)
  const { docs } = await answered(query.get(), clock)
  for (const document of docs) {
    const found = parseArchived(deps, document.data())
    if (found !== undefined) return found.call
  }
  return undefined
}

/** The call of an archive by its document's fields; undefined when it is none, or cannot be read. */
export function parseArchived(
  { log }: Pick<Deps, 'log'>,
  data: Record<string, unknown> | undefined,
): { callId: string; call: ArchivedCall } | undefined {
  if (data?.archive === undefined) return undefined
  const mark = ArchiveMark.safeParse(data.archive)
  const callId = Id.safeParse(data.call_id)
  const call = mark.success ? parseCall(JSON.parse(mark.data.call)) : undefined
  if (callId.success && call !== undefined) {
    const archivedFor = Id.safeParse(data.company_id).data ?? null
    return { callId: callId.data, call: { ...call, archivedFor } }
  }
  log.error({ conversationId: data.conversation_id }, 'unreadable archive left out')
  return undefined
}

/**
 * Every readable message of an archived conversation, in order.
 *
 * @throws AppError `unavailable` when Firestore does not answer.
 */
export async function readArchivedMessages(
  deps: ArchiveDeps,
  conversationId: string,
): Promise<ReadMessage[]> {
  const { firestore, clock } = deps
  const collection = conversationDocument(firestore, conversationId).collection('messages')
  const { docs } = await answered(collection.get(), clock)
  const stored = docs.map((document) => fromArchived(document.data() as ArchivedMessage))
  const messages = stored.map(([id, value]) => ({ id, message: readMessage(id, value, clock.now()) }))
  warnOfMalformed(
    deps,
    conversationId,
    messages.filter(({ message }) => message === undefined).map(({ id }) => id),
  )
  return messages.flatMap(({ message }) => (message === undefined ? [] : [message])).toSorted(compareMessages)
}

/**
 * What the archive keeps besides the messages, as the Realtime Database had it; undefined while there is no archive.
 *
 * @throws AppError `unavailable` when Firestore does not answer.
 */
export async function readArchivedRest(
  { firestore, clock }: Pick<Deps, 'firestore' | 'clock'>,
  conversationId: string,
): Promise<{ call: unknown; rest: unknown; archivedAt: number } | undefined> {
  const document = await answered(conversationDocument(firestore, conversationId).get(), clock)
  const mark = ArchiveMark.safeParse(document.get('archive')).data
  return mark && { call: JSON.parse(mark.call), rest: JSON.parse(mark.rest), archivedAt: mark.archived_at }
}

/**
 * One message of an archived conversation; undefined when it is not there, or cannot be read.
 *
 * @throws AppError `unavailable` when Firestore does not answer.
 */
export async function readArchivedMessage(
  { firestore, clock }: Pick<Deps, 'firestore' | 'clock'>,
  conversationId: string,
  messageId: string,
): Promise<ReadMessage | undefined> {
  const collection = conversationDocument(firestore, conversationId).collection('messages')
  const document = await answered(collection.doc(documentName(messageId)).get(), clock)
  if (!document.exists) return undefined
  const [id, stored] = fromArchived(document.data() as ArchivedMessage)
  return readMessage(id, stored, clock.now())
}

async function answered<T>(work: Promise<T>, clock: Deps['clock']): Promise<T> {
  try {
    return await withTimeout(work, READ_TIMEOUT_MS, clock)
  } catch (error) {
    throw unavailable(error)
  }
}
