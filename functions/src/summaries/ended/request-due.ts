import { ArchiveMark, conversationDocument } from '../../conversations/archive.ts'
import type { Deps } from '../../deps.ts'

type RequestDeps = Pick<Deps, 'firestore' | 'tasks' | 'clock'>

/** Conversations a sweep asks for; the next one asks for the rest. */
const AT_ONCE = 50
/** A task whose attempts are used up leaves its name behind; another one may be tried after so long, ms. */
const TRY_AGAIN_MS = 600_000

/**
 * Asks for the summary of a conversation that has just been archived, if it lacks one. Whoever asks again for the same
 * archive, a sweep too, asks for the same task.
 *
 * @throws when Firestore does not answer, and `AppError` `unavailable` when the queue does not
 */
export async function requestDueSummary(
  { firestore, tasks, clock }: RequestDeps,
  conversationId: string,
): Promise<'asked' | 'not-due'> {
  const stored = (await conversationDocument(firestore, conversationId).get()).data()
  if (stored?.summary_due !== true) return 'not-due'
  await enqueue({ tasks, clock }, stored)
  return 'asked'
}

/** Asks for the summaries that archived conversations still lack. Safe to run at any time and by several at once. */
export async function requestDueSummaries({ firestore, tasks, clock }: RequestDeps): Promise<number> {
  const due = await firestore
    .collection('conversations')
    .where('summary_due', '==', true)
    .limit(AT_ONCE)
    .get()
  await Promise.all(due.docs.map((document) => enqueue({ tasks, clock }, document.data())))
  return due.size
}

function enqueue(
  { tasks, clock }: Pick<Deps, 'tasks' | 'clock'>,
  due: Record<string, unknown>,
): Promise<void> {
  const attempt = Math.floor(clock.now() / TRY_AGAIN_MS)
  const digest = ArchiveMark.safeParse(due.archive).data?.digest
  return tasks.enqueue('summarizeEnded', {
    key: `${String(due.conversation_id)}/${digest}/${attempt}`,
    data: { conversation_id: String(due.conversation_id) },
  })
}
