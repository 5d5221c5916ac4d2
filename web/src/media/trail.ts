import type { LocationAttachment, Message } from '@lifeline/functions/contract'

/** A place that a worker sent, with the message that brought it. */
export type TrailPoint = {
  messageId: string
  place: LocationAttachment
  times: Pick<Message, 'timestamp' | 'received_at'>
}

/** Where the worker was, oldest first: the places of their own messages, as ordered. */
export const trailOf = (messages: readonly Message[]): TrailPoint[] =>
  messages.flatMap(({ message_id, role, attachment, timestamp, received_at }) =>
    role === 'user' && attachment?.kind === 'location'
      ? [{ messageId: message_id, place: attachment, times: { timestamp, received_at } }]
      : [],
  )

/**
 * The longitudes of a trail such that each is next to the last one: a way over the date line is short, and a map that
 * drew it from 179° to −179° would lead it around the world. The last one stays as it is.
 */
export function unwrapLongitudes(longitudes: readonly number[]): number[] {
  const last = longitudes.at(-1) ?? 0
  return longitudes.map((longitude) => longitude + 360 * Math.round((last - longitude) / 360))
}
