import type { Who } from './clause.ts'
import type { Sentence, Transcript } from './transcript.ts'

/** Whom somebody speaks to who has not been answered yet. */
export const OTHER_SIDE = 'the other side'

/** Who says a sentence to whom, as both are called where it is told again. */
export function whoSpeaks({ message, addressee }: Sentence, { messages }: Transcript): Who {
  const { speaker } = message
  if (addressee !== null) return { speaker, addressee, isAddresseePlural: false }
  const isAlone = messages.every((other) => other.speaker === speaker)
  return { speaker, addressee: isAlone ? OTHER_SIDE : 'the others', isAddresseePlural: !isAlone }
}
