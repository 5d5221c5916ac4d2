import type { CollectionReference, DocumentReference } from 'firebase-admin/firestore'
import type { LiveServer } from '../conversations/testing/live-server.ts'

/** What is written about those who ask, whatever they ask for: the audit log, and when an admin was last heard of. */
const ABOUT_THE_CALLER = /^audit_/
const toText = (stored: unknown): string =>
  JSON.stringify(stored, (key, value: unknown) => (key === 'holder_seen_at' ? undefined : value))

/** Everything that both databases hold but for what they say of who asks: each leaf and document, and what it is. */
export async function dump({ device }: Pick<LiveServer, 'device'>): Promise<Record<string, string>> {
  const found: Record<string, string> = {}
  const tree: unknown = (await device.database.ref().get()).val()
  for (const [name, value] of Object.entries(tree ?? {})) {
    if (ABOUT_THE_CALLER.test(name)) continue
    for (const [key, stored] of Object.entries(value ?? {})) found[`/${name}/${key}`] = toText(stored)
  }
  const collect = async (collections: readonly CollectionReference[]): Promise<void> => {
    await Promise.all(
      collections.map(async (collection) => {
        const { docs } = await collection.get()
        for (const { ref, updateTime } of docs)
          found[ref.path] = `${updateTime.seconds}.${updateTime.nanoseconds}`
        await Promise.all(
          docs.map(async ({ ref }: { ref: DocumentReference }) => collect(await ref.listCollections())),
        )
      }),
    )
  }
  const roots = await device.firestore.listCollections()
  await collect(roots.filter(({ id }) => !ABOUT_THE_CALLER.test(id)))
  return found
}
