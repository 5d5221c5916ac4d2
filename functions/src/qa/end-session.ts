import { FieldValue } from 'firebase-admin/firestore'
import type { DocumentData, Firestore, Transaction } from 'firebase-admin/firestore'
import { responsesOf, sessionDocument } from './session-store.ts'
import { CLOSING_MARK } from './stored-session.ts'

/** Ends a session within a transaction, and marks that no more answers come. */
export function endSession(
  firestore: Firestore,
  transaction: Transaction,
  sessionId: string,
  changes: DocumentData & { status: 'completed' | 'failed'; updated_at: number },
): void {
  transaction.update(sessionDocument(firestore, sessionId), {
    ...changes,
    summarizing_until: FieldValue.delete(),
  })
  transaction.set(responsesOf(firestore, sessionId).doc(CLOSING_MARK), { state: 'closed' })
}
