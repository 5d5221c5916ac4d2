import type { Message } from '@lifeline/functions/contract'
import type { CallNote } from './conversation-state.ts'

/** A message as far as its place in a conversation goes. */
export type Placed = Pick<Message, 'message_id' | 'role' | 'sender_id' | 'received_at'>

/** What stands below what in an open conversation. */
export type TimelineItem<M extends Placed = Message> =
  | { kind: 'day'; key: string; at: string }
  | { kind: 'new'; key: string }
  | { kind: 'note'; key: string; note: CallNote }
  /** Messages of one speaker in a row, less than {@link GROUP_GAP_MS} apart. */
  | { kind: 'group'; key: string; messages: readonly M[] }

const GROUP_GAP_MS = 5 * 60_000

/** A group that grows for ever would be drawn anew for each message. */
const GROUP_LIMIT = 50

/**
 * Lays a conversation out. `unreadAfter` is the last message that was read before more came; `null` draws no line.
 * Days are the reader's own.
 */
export function layOut<M extends Placed>(
  messages: readonly M[],
  notes: readonly CallNote[],
  unreadAfter: string | null,
): TimelineItem<M>[] {
  const items: TimelineItem<M>[] = []
  const notesAfter = Map.groupBy(notes, ({ after }) => after)
  const addNotes = (after: string | null) => {
    for (const note of notesAfter.get(after) ?? []) items.push({ kind: 'note', key: `note-${note.id}`, note })
  }
  addNotes(null)
  let day = ''
  let group: M[] = []
  for (const [index, message] of messages.entries()) {
    const messageDay = new Date(message.received_at).toDateString()
    if (messageDay !== day) {
      day = messageDay
      items.push({ kind: 'day', key: `day-${message.message_id}`, at: message.received_at })
    }
    const last = items.at(-1)
    const continues =
      last?.kind === 'group' && group.length < GROUP_LIMIT && isSameTurn(group.at(-1), message)
    if (continues) group.push(message)
    else {
      group = [message]
      items.push({ kind: 'group', key: message.message_id, messages: group })
    }
    addNotes(message.message_id)
    if (message.message_id === unreadAfter && index < messages.length - 1)
      items.push({ kind: 'new', key: 'new' })
  }
  return items
}

function isSameTurn(before: Placed | undefined, message: Placed): boolean {
  return (
    before !== undefined &&
    before.role === message.role &&
    before.sender_id === message.sender_id &&
    Date.parse(message.received_at) - Date.parse(before.received_at) < GROUP_GAP_MS
  )
}

/** The sources of a message, which come as one line of text with commas (spec 1). */
export function splitSources(sources: string): string[] {
  return [...new Set(sources.split(',').map((source) => source.trim()))].filter((source) => source !== '')
}
