import type { Attachment, LocationAttachment } from './schema.ts'

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

/** Whether the words say nothing that the attachment beside them does not. */
export function isRedundant({ content, attachment }: { content: string; attachment?: Attachment }): boolean {
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
