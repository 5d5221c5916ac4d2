import { Timestamp } from 'firebase-admin/firestore'
import type { Firestore, Transaction } from 'firebase-admin/firestore'
import { AppError } from '../platform/errors.ts'

/**
 * `revoked_tokens/{id}`: ids of tokens, and of whole log-ins, that must not be accepted although they have not
 * expired. `expires_at` is when the last token of that id would have ended anyway; a TTL policy deletes the
 * document after it.
 */
export interface Blacklist {
  /** Whether any of `ids` is on it. Throws `AppError` `unavailable`: a blacklist that cannot be read refuses. */
  includesAny(ids: readonly string[]): Promise<boolean>
  /** Adds `id` until `expiresAt` (ms since 1970), within `transaction` when one is given. */
  add(id: string, expiresAt: number, transaction?: Transaction): Promise<void>
  /**
   * Reports every id that ends after `since`, and every one added later, until the function returned is called.
   * Times are ms since 1970.
   */
  listen(
    since: number,
    onId: (id: string, expiresAt: number) => void,
    onError: (error: Error) => void,
  ): () => void
}

export function createBlacklist(firestore: Firestore): Blacklist {
  const revoked = firestore.collection('revoked_tokens')
  return {
    async includesAny(ids) {
      try {
        const found = await firestore.getAll(...ids.map((id) => revoked.doc(id)))
        return found.some(({ exists }) => exists)
      } catch (cause) {
        throw new AppError('unavailable', 'The token cannot be checked right now', { cause })
      }
    },
    async add(id, expiresAt, transaction) {
      const entry = { expires_at: Timestamp.fromMillis(expiresAt) }
      if (transaction) transaction.set(revoked.doc(id), entry)
      else await revoked.doc(id).set(entry)
    },
    listen(since, onId, onError) {
      return revoked.where('expires_at', '>', Timestamp.fromMillis(since)).onSnapshot((snapshot) => {
        for (const { type, doc } of snapshot.docChanges()) {
          if (type !== 'removed') onId(doc.id, (doc.get('expires_at') as Timestamp).toMillis())
        }
      }, onError)
    },
  }
}
