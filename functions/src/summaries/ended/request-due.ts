import type { Deps } from '../../deps.ts'

/** Conversations a sweep asks for; the next one asks for the rest. */
const AT_ONCE = 50
/** A task whose attempts are used up leaves its name behind; another one may be tried after so long, ms. */
const TRY_AGAIN_MS = 600_000

/** Asks for the summaries that archived conversations still lack. Safe to run at any time and by several at once. */
export async function requestDueSummaries({
  firestore,
  tasks,
  clock,
}: Pick<Deps, 'firestore' | 'tasks' | 'clock'>): Promise<number> {
  const due = await firestore
    .collection('conversations')
    .where('summary_due', '==', true)
    .limit(AT_ONCE)
    .get()
  const attempt = Math.floor(clock.now() / TRY_AGAIN_MS)
  await Promise.all(
    due.docs.map((document) => {
      const { conversation_id, archive } = document.data()
      return tasks.enqueue('summarizeEnded', {
        key: `${conversation_id}/${archive?.digest}/${attempt}`,
        data: { conversation_id: String(conversation_id) },
      })
    }),
  )
  return due.size
}
