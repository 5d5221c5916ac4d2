import type { Deps } from '../../deps.ts'
import { whenAborted } from '../../streaming/live-rooms.ts'
import { unavailable } from '../../streaming/with-timeout.ts'
import type { AskForSummary } from './ask.ts'
import { type Made, type Wanted, chatSummaryName, covers, readChatSummary } from './record.ts'
import type { SummaryWatches } from './watches.ts'

/** How often it is looked whether somebody is still at it: a killed worker has nobody else to notice, ms. */
const LOOK_AGAIN_MS = 5_000

/**
 * Waits for a summary that was asked for, until it is there, `ms` are over (null) or `signal` aborts (null).
 *
 * @throws AppError `unavailable` when Firestore does not tell.
 */
export async function waitForSummary(
  { clock, log }: Pick<Deps, 'clock' | 'log'>,
  { watches, ask }: { watches: SummaryWatches; ask: AskForSummary },
  wanted: Wanted,
  { ms, signal }: { ms: number; signal: AbortSignal },
): Promise<Made | null> {
  const held = watches.acquire(chatSummaryName(wanted))
  const done = Promise.withResolvers<Made | null>()
  const look = (): void => {
    const record = readChatSummary(held.value.current(), wanted.chat)
    if (covers(record, wanted.chat.count)) done.resolve(record.made)
  }
  const askAgain = (): void => {
    ask(wanted).catch((error: unknown) =>
      log.warn({ chatKey: wanted.key, err: error }, 'summary not asked for'),
    )
  }
  const stops = [
    held.value.subscribe({ changed: look, lost: (error) => done.reject(unavailable(error)) }),
    clock.after(ms, () => done.resolve(null)),
    clock.every(LOOK_AGAIN_MS, askAgain),
  ]
  whenAborted(signal, () => done.resolve(null))
  look()
  try {
    return await done.promise
  } finally {
    for (const stop of stops) stop()
    held.release()
  }
}
