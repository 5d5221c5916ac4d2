import type { Directory } from '../conversations/directory.ts'
import type { ReadMessage } from '../conversations/read-message.ts'
import type { TranscriptMessage } from '../models/offline/transcript.ts'

/** What people are called in a summary who have no name in the directory. */
const UNNAMED: Record<string, string> = {
  user: 'the worker',
  admin: 'the dispatcher',
  assistant: 'the assistant',
}

/**
 * Messages as a model is told them, with their speakers' names.
 *
 * @throws AppError `unavailable` when Firestore does not answer.
 */
export async function toTranscript(
  directory: Directory,
  messages: readonly ReadMessage[],
): Promise<TranscriptMessage[]> {
  return await Promise.all(
    messages.map(async ({ id, message: { role, sender_id, content } }) => ({
      message_id: id,
      role,
      content,
      speaker: (await nameOf(directory, role, sender_id)) || (UNNAMED[role] ?? role),
    })),
  )
}

async function nameOf(directory: Directory, role: string, senderId: string | null): Promise<string> {
  if (senderId === null) return ''
  if (role === 'user') return (await directory.worker(senderId))?.name ?? ''
  if (role === 'admin') return (await directory.admin(senderId))?.name ?? ''
  return ''
}
