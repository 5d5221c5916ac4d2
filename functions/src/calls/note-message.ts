import { type Act, changeCall } from '../conversations/change-call.ts'
import { type ReadMessage, readMessage } from '../conversations/read-message.ts'
import { readCallOf } from '../conversations/store.ts'
import type { Deps } from '../deps.ts'
import { Id } from '../platform/schema.ts'
import { noteUnread } from './note-unread.ts'
import { type CallRecord, LAST_WORDS_LENGTH, type TalkRecord } from './schema.ts'

/** A message as the database reported it when it was written. */
export interface WrittenMessage {
  conversationId: string
  messageId: string
  stored: unknown
}

/**
 * Keeps with a call what its board shows of its messages: the last words, when the worker last wrote, since when they
 * have had no answer, and which messages nobody has read. So a board of hundreds of calls needs no listener on any conversation. Messages may be reported more
 * than once and in any order; what is kept is never older than what was kept before.
 *
 * @throws AppError `unavailable` when the database does not answer, and another attempt could help.
 */
export async function noteMessage(
  deps: Pick<Deps, 'writes' | 'transactions' | 'guarded' | 'clock' | 'log'>,
  { conversationId, messageId, stored }: WrittenMessage,
): Promise<'noted' | 'unchanged' | 'gone' | 'malformed'> {
  const message = readMessage(messageId, stored, deps.clock.now())
  if (message === undefined || !Id.safeParse(conversationId).success) {
    const ids = { conversationId: conversationId.slice(0, 128), messageId: messageId.slice(0, 128) }
    deps.log.warn(ids, 'malformed message not noted with its call')
    return 'malformed'
  }
  // From the server and not from memory: a function lives on between events, and may have an old call in mind.
  const found = await readCallOf({ ...deps, database: deps.writes }, conversationId)
  if (found === undefined) return 'gone'
  const isActive = (call: CallRecord): boolean =>
    call.status === 'ACTIVE' && call.conversation_id === conversationId
  const { kind } = await changeCall(deps, found.callId, isActive, takeInMessage(message))
  if (kind === 'gone' || kind === 'moved') return 'gone'
  const isUnread = await noteUnread(deps, found, message)
  return kind === 'changed' || isUnread ? 'noted' : 'unchanged'
}

/** What a message adds to `talk`. */
export const takeInMessage =
  ({ id, at, message: { role, content } }: ReadMessage): Act =>
  ({ talk: before }) => {
    const isLast =
      before === undefined || at > before.last.at || (at === before.last.at && id > before.last.message_id)
    const last = isLast ? { message_id: id, role, text: oneLine(content), at } : before.last
    const isWorkers = role === 'user' && isLatest({ at, id }, before)
    const worker_at = isWorkers ? at : before?.worker_at
    const worker_words = isWorkers ? { message_id: id, text: oneLine(content) } : before?.worker_words
    const admin_at = role === 'admin' ? latest(before?.admin_at, at) : before?.admin_at
    const known = [before?.unanswered_at, role === 'user' ? at : undefined, worker_at]
    const unanswered_at = earliestAfter(admin_at, known)
    const talk: TalkRecord = {
      last,
      ...(worker_at !== undefined && { worker_at }),
      ...(worker_words !== undefined && { worker_words }),
      ...(admin_at !== undefined && { admin_at }),
      ...(unanswered_at !== undefined && { unanswered_at }),
    }
    return JSON.stringify(talk) === JSON.stringify(before) ? null : { talk }
  }

/**
 * The earliest of `times` that came after the last answer. Of several messages that came before that answer was reported only
 * the latest is known, so a wait may be told too short, never too long.
 */
function earliestAfter(answered = -Infinity, times: readonly (number | undefined)[]): number | undefined {
  const waiting = times.filter((at): at is number => at !== undefined && at > answered)
  return waiting.length === 0 ? undefined : Math.min(...waiting)
}

/** Whether the worker has written nothing later. */
function isLatest({ at, id }: { at: number; id: string }, before: TalkRecord | undefined): boolean {
  const { worker_at, worker_words } = before ?? {}
  return (
    worker_at === undefined || at > worker_at || (at === worker_at && id > (worker_words?.message_id ?? ''))
  )
}

const latest = (before: number | undefined, at: number): number => Math.max(before ?? at, at)

/** Line breaks and runs of blanks would only waste the one line; no character is cut in half. */
function oneLine(content: string): string {
  const line = content.replaceAll(/\s+/g, ' ').trim()
  if (line.length <= LAST_WORDS_LENGTH) return line
  let kept = ''
  for (const { segment } of new Intl.Segmenter().segment(line.slice(0, 2 * LAST_WORDS_LENGTH))) {
    if (kept.length + segment.length >= LAST_WORDS_LENGTH) break
    kept += segment
  }
  return `${kept}…`
}
