import type { CollectionReference, DocumentData, Query, QuerySnapshot } from '@google-cloud/firestore'

/** Puts documents, by id, into a new collection. */
export async function fill(
  target: CollectionReference,
  documents: Record<string, DocumentData>,
): Promise<CollectionReference> {
  const batch = target.firestore.batch()
  for (const [id, data] of Object.entries(documents)) batch.set(target.doc(id), data)
  await batch.commit()
  return target
}

export const ids = (found: QuerySnapshot): string[] => found.docs.map(({ id }) => id)

/** The ids of a query's results, in their order. */
export const idsOf = async (query: Query): Promise<string[]> => ids(await query.get())
