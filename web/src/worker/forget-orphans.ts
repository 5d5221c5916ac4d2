import type { BlobStore } from './blob-store.ts'
import type { OutboxStorage } from './outbox.ts'

/** Another tab puts the bytes of a photo down first and its message into the outbox a moment later, ms. */
const SETTLED_MS = 10_000

/**
 * Removes photos and recordings from the phone that nothing waits to send any more: the page ended after they were
 * through and before they were removed. Those of every worker of this phone are looked for in their own outbox.
 */
export async function forgetOrphans(
  blobs: Pick<BlobStore, 'ids' | 'remove'>,
  storage: OutboxStorage,
  wait: (ms: number) => Promise<void> = (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
): Promise<void> {
  const orphans = withoutMessage(await blobs.ids(), storage)
  if (orphans.length === 0) return
  await wait(SETTLED_MS)
  await Promise.all(withoutMessage(orphans, storage).map((id) => blobs.remove(id)))
}

function withoutMessage(ids: readonly string[], storage: OutboxStorage): string[] {
  const waiting = new Set<string>()
  for (let index = 0; index < storage.length; index++) {
    const key = storage.key(index)
    if (key?.startsWith('lifeline-outbox/')) waiting.add(key.slice(key.lastIndexOf('/') + 1))
  }
  return ids.filter((id) => !waiting.has(id))
}
