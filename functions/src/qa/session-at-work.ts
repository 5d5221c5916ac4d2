import type { Deps } from '../deps.ts'
import { answered } from '../streaming/answered.ts'
import type { AnswerInput } from './answer-job.ts'
import { putInProgress } from './save-outcome.ts'
import { readImage } from './session-image.ts'
import { responsesOf, sessionDocument } from './session-store.ts'
import { CLOSING_MARK, QUESTION_FIELDS, StoredQuestion } from './stored-session.ts'

/** What the answers of one session in one process share, so that hundreds of them do not each ask the database for it. */
export interface SessionAtWork {
  /** Aborts when the session has ended: no more is to be asked for it. */
  signal: AbortSignal
  /** What is asked; it never changes. Null when there is no such session. */
  question(): Promise<StoredQuestion | null>
  /** The session's picture; null when it has none. */
  image(imageId: string | null): Promise<AnswerInput['image']>
  /** Puts the session in progress. */
  begin(): Promise<void>
  /** One more delivery is at it. */
  enter(): void
  /**
   * A delivery is done with it, and `isIn` says whether its prospect has been answered or counted as failed. Returns
   * whether it is time to see if all are in: while others are at it here they are not, and the last of those looks.
   */
  leave(isIn: boolean): boolean
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
  const question = once(async (): Promise<StoredQuestion | null> => {
    const reads = firestore.getAll(sessionDocument(firestore, sessionId), { fieldMask: QUESTION_FIELDS })
    const [document] = await answered(reads, clock)
    return document?.exists ? StoredQuestion.parse(document.data()) : null
  })
  const image = once(async (imageId: string | null): Promise<AnswerInput['image']> => {
    const found = await readImage({ firestore, clock }, sessionId, imageId)
    return found && { mimeType: found.contentType, base64: found.data.toString('base64') }
  })
  let atIt = 0
  let isNews = false
  return {
    signal: ended.signal,
    question,
    image,
    begin: once(() => putInProgress({ firestore, clock }, sessionId)),
    enter() {
      atIt += 1
    },
    leave(isIn) {
      atIt -= 1
      isNews ||= isIn
      if (atIt > 0 || !isNews) return false
      isNews = false
      return true
    },
    stop,
  }
}

/** Does it once for all who ask. What failed is tried again by whoever asks next. */
function once<Given extends unknown[], T>(
  work: (...given: Given) => Promise<T>,
): (...given: Given) => Promise<T> {
  let running: Promise<T> | undefined
  return (...given) => {
    running ??= work(...given).catch((error: unknown) => {
      running = undefined
      throw error
    })
    return running
  }
}
