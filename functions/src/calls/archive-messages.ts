import type { CollectionReference, DocumentReference, Transaction } from 'firebase-admin/firestore'
import { ArchiveMark, conversationDocument } from '../conversations/archive.ts'
import {
  type ArchivedMessage,
  type StoredMessage,
  digestOf,
  documentName,
  fromArchived,
  toArchived,
} from '../conversations/archived-message.ts'
import type { Deps } from '../deps.ts'
import { Id } from '../platform/schema.ts'
import type { EndedCall, OnStep } from './archive-call.ts'
import { indexOf } from './index-conversation.ts'

/** Firestore takes 10 MiB and, in many places, 500 writes at once. */
const BATCH_WRITES = 400
const BATCH_CHARACTERS = 2_000_000

interface Copied {
  /** Absent for messages that come after the archive was made. */
  ended: EndedCall | undefined
  messages: readonly StoredMessage[]
  rest: object
}

type ArchiveDeps = Pick<Deps, 'firestore' | 'clock' | 'log'>

/**
 * Copies messages into the archive of their conversation and marks it complete. A message that is there already stays
 * as it is, so one that is sent again under its id is never there twice.
 *
 * @returns false when these are late messages and there is no archive to add them to, or when the archive that is there
 * is of another call: the rules do not know which ids were used before, so any worker may use them again
 */
export async function archiveMessages(
  deps: ArchiveDeps,
  conversationId: string,
  copied: Copied,
  onStep: OnStep,
): Promise<boolean> {
  const { firestore, log } = deps
  const document = conversationDocument(firestore, conversationId)
  const stored = (await document.get()).data()
  const isArchived = stored?.archive !== undefined
  if (copied.ended === undefined && !isArchived) return false
  if (isArchived && copied.ended !== undefined && !isCallOf(stored, copied.ended)) {
    log.warn({ conversationId, callId: copied.ended.callId }, 'ids of an archived conversation used again')
    return false
  }
  const collection = document.collection('messages')
  const known = new Set((await collection.select().get()).docs.map(({ id }) => id))
  const missing = copied.messages.filter(([id]) => !known.has(documentName(id)))
  for (const batch of batchesOf(missing.map(toArchived))) {
    const write = firestore.batch()
    for (const message of batch) write.set(collection.doc(documentName(message.message_id)), message)
    await write.commit()
    await onStep('batch-written')
  }
  await firestore.runTransaction((transaction) => mark(deps, transaction, { document, collection, copied }))
  return true
}

/** When a call started is the server's word, so no other call under the same id has the same. */
const isCallOf = (index: Record<string, unknown>, { callId, call }: EndedCall): boolean =>
  index.call_id === callId &&
  index.worker_id === call.worker_id &&
  (index.started_at ?? null) === (call.started_at ?? null)

/** Counts what is really there, in one step with saying so: of two who archive at once the later is right. */
async function mark(
  { firestore, clock }: ArchiveDeps,
  transaction: Transaction,
  {
    document,
    collection,
    copied,
  }: { document: DocumentReference; collection: CollectionReference; copied: Copied },
): Promise<void> {
  const before = ArchiveMark.safeParse((await transaction.get(document)).get('archive'))
  const { docs } = await transaction.get(collection)
  const messages = docs.map((each) => fromArchived(each.data() as ArchivedMessage))
  const counted = { count: messages.length, digest: digestOf(messages) }
  const { ended, rest } = copied
  if (before.success) {
    // Complete before: the facts stay as they were first written, and late messages only add to the count.
    if (before.data.digest !== counted.digest) {
      transaction.update(document, {
        archive: { ...before.data, ...counted, archived_at: clock.now() },
        summary_due: true,
      })
    }
    return
  }
  if (ended === undefined) throw new Error('an archive went away')
  const { callId, call, stored } = ended
  const worker = (await transaction.get(firestore.doc(`workers/${documentName(call.worker_id)}`))).data()
  const companyId = Id.safeParse(worker?.company_id).data ?? null
  const archive: ArchiveMark = {
    version: 1,
    ...counted,
    archived_at: clock.now(),
    call: JSON.stringify(stored),
    rest: JSON.stringify(rest),
  }
  const index = indexOf(callId, call, { companyId, endedAt: call.ended_at ?? clock.now() })
  // Merged, for others keep fields of their own in this document.
  transaction.set(document, { ...index, archive, summary_due: true }, { merge: true })
}

/** Parts that Firestore takes in one write each. */
function* batchesOf(messages: readonly ArchivedMessage[]): Generator<ArchivedMessage[]> {
  let batch: ArchivedMessage[] = []
  let characters = 0
  for (const message of messages) {
    const size = JSON.stringify(message).length
    if (batch.length > 0 && (batch.length === BATCH_WRITES || characters + size > BATCH_CHARACTERS)) {
      yield batch
      batch = []
      characters = 0
    }
    batch.push(message)
    characters += size
  }
  if (batch.length > 0) yield batch
}
