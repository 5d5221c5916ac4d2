import { readArchivedMessages } from '../conversations/archive.ts'
import { uploadPath } from '../conversations/upload-record.ts'
import type { Deps } from '../deps.ts'
import { type MediaRecord, findUnused, keepMedia, removeMedia } from '../media/store.ts'

/** Uploads looked at in one sweep. */
const BATCH = 50

/**
 * Takes away what was uploaded for a conversation long enough ago and is carried by none of its messages. Safe to run at
 * any time and by several at once: first no new message may carry it any more, and only then is it looked whether one
 * does.
 *
 * @returns how many were removed, and how many are kept for good from now on
 * @throws when Firestore does not answer; what fails for one upload alone is logged and tried again.
 */
export async function sweepUploads(
  deps: Pick<Deps, 'writes' | 'firestore' | 'clock' | 'log'>,
): Promise<{ removed: number; kept: number }> {
  const report = { removed: 0, kept: 0 }
  for (const media of await findUnused(deps, BATCH)) {
    const { media_id: mediaId } = media.facts
    try {
      if (await isCarried(deps, media)) {
        await keepMedia(deps, mediaId)
        report.kept += 1
      } else {
        await removeMedia(deps, media)
        report.removed += 1
      }
    } catch (error) {
      deps.log.error({ mediaId, err: error }, 'sweep could not finish an upload')
    }
  }
  return report
}

async function isCarried(
  deps: Pick<Deps, 'writes' | 'firestore' | 'clock' | 'log'>,
  { owner, facts }: MediaRecord,
): Promise<boolean> {
  const [kind, conversationId = ''] = owner.split('/')
  // Others' uploads are others' to sweep.
  if (kind !== 'conversation') return true
  const { writes } = deps
  await writes.ref(uploadPath(conversationId, facts.media_id)).remove()
  const messages = writes.ref(`active_conversations/${conversationId}/messages`)
  const carrying = messages.orderByChild('attachment/media_id').equalTo(facts.media_id).limitToFirst(1)
  if ((await carrying.get()).exists()) return true
  // Looked for in this order, for a conversation moves from the one to the other.
  const archived = await readArchivedMessages(deps, conversationId)
  return archived.some(
    ({ message: { attachment } }) =>
      attachment !== undefined && attachment.kind !== 'location' && attachment.media_id === facts.media_id,
  )
}
