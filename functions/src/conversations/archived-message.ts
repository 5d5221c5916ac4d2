import { createHash } from 'node:crypto'

/** A message as the archive keeps it: one document of `conversations/{conversation_id}/messages`. */
export type ArchivedMessage = Readonly<Record<string, unknown>> & { readonly message_id: string }

/** A message as the Realtime Database had it: its id and whatever was stored under it. */
export type StoredMessage = readonly [messageId: string, stored: unknown]

/** Firestore keeps names like `__name__` for itself; ids of ours may look so. `~` stands in no id (`Id`). */
const isReserved = (name: string): boolean => /^__.*__$/.test(name)

/** The name under which Firestore takes a document for an id. */
export const documentName = (id: string): string => (isReserved(id) ? `~${id}` : id)

const OWN_FIELDS = new Set(['message_id', 'stored'])
const PLAIN_TYPES = new Set(['string', 'number', 'boolean'])

/**
 * The archive's document for a message. Fields of plain values stand as they are, to be searched and sorted by; what
 * Firestore could not hold as it is, and what is no message at all, is kept word for word in `stored` (JSON).
 */
export function toArchived([messageId, stored]: StoredMessage): ArchivedMessage {
  const fields = typeof stored === 'object' && stored !== null ? Object.entries(stored) : undefined
  const fits = fields?.every(
    ([name, value]) => PLAIN_TYPES.has(typeof value) && !isReserved(name) && !OWN_FIELDS.has(name),
  )
  if (fields !== undefined && !Array.isArray(stored) && fits) {
    return { ...Object.fromEntries(fields), message_id: messageId }
  }
  return { message_id: messageId, stored: JSON.stringify(stored) }
}

/** The reverse of `toArchived`. */
export function fromArchived({ message_id, ...fields }: ArchivedMessage): StoredMessage {
  return [message_id, typeof fields.stored === 'string' ? JSON.parse(fields.stored) : fields]
}

/**
 * What says whether an archive holds exactly these messages, whatever their order: SHA-256, in hex, over one line of
 * JSON `[id, value]` for each, in order of id by code unit, with the keys of every object in that order too.
 */
export function digestOf(messages: readonly StoredMessage[]): string {
  const hash = createHash('sha256')
  const sorted = messages.toSorted(([a], [b]) => (a < b ? -1 : Number(a > b)))
  for (const message of sorted) hash.update(`${JSON.stringify(message, sortKeys)}\n`)
  return hash.digest('hex')
}

const sortKeys = (_key: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : Number(a > b))))
    : value
