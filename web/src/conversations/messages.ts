import type { Message } from '@lifeline/functions/contract'

/** Order of a conversation: by the server's time, then by id (DESIGN 2). */
export function compareMessages(a: Message, b: Message): number {
  if (a.received_at !== b.received_at) {
    const difference = Date.parse(a.received_at) - Date.parse(b.received_at)
    if (difference !== 0) return difference
  }
  return a.message_id < b.message_id ? -1 : a.message_id > b.message_id ? 1 : 0
}

/**
 * `known` (ordered, no id twice) with `incoming` taken in: each id once, in order. The same array when nothing is
 * new, so that a resume that repeats itself changes nothing on the screen.
 */
export function mergeMessages(known: readonly Message[], incoming: readonly Message[]): readonly Message[] {
  const ids = new Set(known.map(({ message_id }) => message_id))
  const fresh = incoming.filter(({ message_id }) => {
    const isNew = !ids.has(message_id)
    ids.add(message_id)
    return isNew
  })
  if (fresh.length === 0) return known
  const ordered = fresh.toSorted(compareMessages)
  const [first] = ordered
  const last = known.at(-1)
  // Nearly always the new ones come after all the others.
  if (first === undefined || last === undefined || compareMessages(last, first) < 0)
    return [...known, ...ordered]
  return [...known, ...ordered].toSorted(compareMessages)
}
