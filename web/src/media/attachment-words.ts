import type { LocationAttachment, Message } from '@lifeline/functions/contract'
import { spellElapsed } from '../ui/format-time.ts'

/** What a message with an attachment says to whoever cannot be shown it. */
export const PHOTO_WORDS = 'Photo'
export const VOICE_WORDS = 'Voice message'

/** Five decimals: about a metre. */
export const describePlace = ({ latitude, longitude }: Pick<LocationAttachment, 'latitude' | 'longitude'>) =>
  `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`

/** `within 15 m`, `within 2.4 km`. */
export const describeAccuracy = ({ accuracy_m }: Pick<LocationAttachment, 'accuracy_m'>): string =>
  accuracy_m < 1_000 ? `within ${Math.ceil(accuracy_m)} m` : `within ${(accuracy_m / 1_000).toFixed(1)} km`

/** The words of a message that tells where somebody is. */
export const placeWords = (place: LocationAttachment): string =>
  `My location: ${describePlace(place)} (${describeAccuracy(place)})`

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

/** Whether the words say nothing that the attachment beside them does not. */
export function isRedundant({ content, attachment }: Pick<Message, 'content' | 'attachment'>): boolean {
  switch (attachment?.kind) {
    case 'image':
      return content === PHOTO_WORDS
    case 'audio':
      return content === VOICE_WORDS
    case 'location':
      return content === placeWords(attachment)
    default:
      return false
  }
}

/** Where a map of everybody's shows the place. Opened only by who asks for it: it tells the place to others. */
export const mapLink = ({ latitude, longitude }: LocationAttachment): string =>
  `https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=17/${latitude}/${longitude}`
