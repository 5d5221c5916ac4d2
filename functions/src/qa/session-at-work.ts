import type { Deps } from '../deps.ts'
import type { AnswerInput } from './answer-job.ts'
import { readImage } from './session-image.ts'
import { responsesOf } from './session-store.ts'
import { CLOSING_MARK } from './stored-session.ts'

/** What the answers of one session in one process share. */
export interface SessionAtWork {
  /** Aborts when the session has ended: no more is to be asked for it. */
  signal: AbortSignal
  /** The session's picture, read once; null when it has none. */
  image(imageId: string | null): Promise<AnswerInput['image']>
  stop(): void
}

/** Follows the mark that a session's end leaves, so that a call to the model that nobody waits for is broken off. */
export function openSessionAtWork(
  { firestore, clock, log }: Pick<Deps, 'firestore' | 'clock' | 'log'>,
  sessionId: string,
): SessionAtWork {
  const ended = new AbortController()
  const stop = responsesOf(firestore, sessionId)
    .doc(CLOSING_MARK)
    .onSnapshot(
      (mark) => {
        if (mark.exists) ended.abort(new Error('the session has ended'))
      },
      // The look before each call still finds it.
      (error) => log.warn({ sessionId, err: error }, 'the end of a session cannot be followed'),
    )
  let image: Promise<AnswerInput['image']> | undefined
  const read = async (imageId: string | null): Promise<AnswerInput['image']> => {
    const found = await readImage({ firestore, clock }, sessionId, imageId)
    return found && { mimeType: found.contentType, base64: found.data.toString('base64') }
  }
  return {
    signal: ended.signal,
    stop,
    image(imageId) {
      image ??= read(imageId)
      // What failed is tried again by whoever asks next.
      image.catch(() => (image = undefined))
      return image
    },
  }
}
