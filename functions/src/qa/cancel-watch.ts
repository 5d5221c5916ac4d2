import type { Deps } from '../deps.ts'
import { responsesOf } from './session-store.ts'
import { CLOSING_MARK } from './stored-session.ts'

export interface CancelWatch {
  /** Aborts when the session has ended: no more is to be asked for it. */
  signal: AbortSignal
  stop(): void
}

/** Follows the mark that a session's end leaves, so that a call to the model that nobody waits for is broken off. */
export function watchCancel(
  { firestore, log }: Pick<Deps, 'firestore' | 'log'>,
  sessionId: string,
): CancelWatch {
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
  return { signal: ended.signal, stop }
}
