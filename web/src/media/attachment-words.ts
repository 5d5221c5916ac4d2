import type { LocationAttachment, Message } from '@lifeline/functions/contract'
import { spellElapsed } from '../ui/format-time.ts'

/**
 * How old a place is, ms. Until it was sent by the device's clock, which took both times; from then on by the server's.
 */
export function ageOf(
  { captured_at }: Pick<LocationAttachment, 'captured_at'>,
  { timestamp, received_at }: Pick<Message, 'timestamp' | 'received_at'>,
  now: number,
): number {
  const before = Math.max(0, Date.parse(timestamp) - Date.parse(captured_at))
  return before + Math.max(0, now - Date.parse(received_at))
}

export const describeAge = (ms: number): string => (ms < 5_000 ? 'just now' : `${spellElapsed(ms)} ago`)

/** Where a map of everybody's shows the place. Opened only by who asks for it: it tells the place to others. */
export const mapLink = ({ latitude, longitude }: LocationAttachment): string =>
  `https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=17/${latitude}/${longitude}`
