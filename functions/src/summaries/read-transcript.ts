import type { Directory } from '../conversations/directory.ts'
import type { ReadMessage } from '../conversations/read-message.ts'
import type { Message } from '../conversations/schema.ts'
import { isRedundant } from '../media/attachment-words.ts'
import type { Attachment } from '../media/schema.ts'
import type { TranscriptMessage } from '../models/offline/transcript.ts'

/** What people are called in a summary who have no name in the directory. */
const UNNAMED: Record<string, string> = {
  user: 'the worker',
  admin: 'the dispatcher',
  assistant: 'the assistant',
}

/** Stands for a message that says nothing beside what it carries: a mark that nobody has said, and so nobody quotes. */
const MARKS: Record<Attachment['kind'], string> = {
  image: '[shares a photo]',
  audio: '[shares a voice message]',
  location: '[shares a location]',
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
    messages.map(async ({ id, message }) => ({
      message_id: id,
      role: message.role,
      content: wordsOf(message),
      speaker: (await nameOf(directory, message)) || (UNNAMED[message.role] ?? message.role),
    })),
  )
}

const wordsOf = ({ content, attachment }: Message): string =>
  attachment !== undefined && isRedundant({ content, attachment }) ? MARKS[attachment.kind] : content

async function nameOf(directory: Directory, { role, sender_id: senderId }: Message): Promise<string> {
  if (senderId === null) return ''
  if (role === 'user') return (await directory.worker(senderId))?.name ?? ''
  if (role === 'admin') return (await directory.admin(senderId))?.name ?? ''
  return ''
}
