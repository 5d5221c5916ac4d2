import type { Deps } from '../deps.ts'
import type { Frame } from '../streaming/frame.ts'
import type { LiveRoom } from '../streaming/live-rooms.ts'
import type { LiveStream } from '../streaming/live-stream.ts'
import { createReaders } from '../streaming/readers.ts'
import { answered } from '../streaming/answered.ts'
import { unavailable } from '../streaming/with-timeout.ts'
import { completedFrame, failedFrame, responseFrame } from './session-frames.ts'
import {
  type Answered,
  type Outcomes,
  compareSaved,
  readOutcomes,
  responsesOf,
  sessionDocument,
} from './session-store.ts'
import { CLOSING_MARK, StoredSession } from './stored-session.ts'

/** One session that people watch: one listener on its answers, each framed once, for however many readers. */
export interface SessionRoom extends LiveRoom {
  /** Tells a reader what came after `lastEventId`, or all of it, and from then on what comes. */
  enter(stream: LiveStream, lastEventId: string | undefined): void
}

/** @param onBroken the room can no longer be used; its readers have been told */
export function openSessionRoom(
  { firestore, clock, log }: Pick<Deps, 'firestore' | 'clock' | 'log'>,
  sessionId: string,
  onBroken: () => void,
): SessionRoom {
  const readers = createReaders<null>()
  const ready = Promise.withResolvers<void>()
  // Whoever waits for it hears of the failure; nobody waiting is no error.
  ready.promise.catch(() => undefined)
  const told: { answer: Answered; frame: Frame }[] = []
  const known = new Set<string>()
  let session: StoredSession | undefined
  let last: Frame | undefined
  let stop: (() => void) | undefined
  let failed = 0
  let closed = false
  let turn = Promise.resolve()

  function breakDown(error: unknown): void {
    if (closed) return
    log.error({ sessionId, err: error }, 'session cannot be followed')
    ready.reject(unavailable(error))
    readers.lose()
    close()
    onBroken()
  }

  function close(): void {
    closed = true
    stop?.()
  }

  const readNow = async (): Promise<StoredSession> =>
    StoredSession.parse((await answered(sessionDocument(firestore, sessionId).get(), clock)).data())

  async function take(news: Outcomes, isOver: boolean): Promise<void> {
    if (closed) return
    session ??= await readNow()
    failed += news.failed.length
    for (const answer of news.answers) {
      if (known.has(answer.leadId)) continue
      known.add(answer.leadId)
      const frame = responseFrame(sessionId, session, answer, { responded: known.size, failed }, clock.now())
      told.push({ answer, frame })
      readers.send(frame)
    }
    if (isOver && last === undefined) {
      session = await readNow()
      const counts = { responded: known.size, failed }
      last =
        session.status === 'completed' && session.summary !== null
          ? completedFrame(sessionId, session, session.summary, counts)
          : failedFrame(sessionId, session, counts)
      readers.end(last)
    }
    ready.resolve()
  }

  async function follow(): Promise<void> {
    session = await readNow()
    const people = session.targets
    if (closed) return
    const answers = responsesOf(firestore, sessionId).where('state', 'in', ['answered', 'failed', 'closed'])
    stop = answers.onSnapshot((snapshot) => {
      // What is final never changes: only what is new has to be read.
      const docs = snapshot.docChanges().flatMap(({ type, doc }) => (type === 'added' ? doc : []))
      const isOver = docs.some(({ id }) => id === CLOSING_MARK)
      turn = turn.then(() => take(readOutcomes({ docs }, people), isOver)).catch(breakDown)
    }, breakDown)
  }
  follow().catch(breakDown)

  return {
    ready: ready.promise,
    enter(stream, lastEventId) {
      const cursor = parseCursor(lastEventId)
      for (const { answer, frame } of told) {
        if (cursor === undefined || compareSaved(answer, cursor) > 0) stream.replay(frame)
      }
      if (last !== undefined) stream.end(last)
      else readers.add(stream, null)
    },
    // Everybody of a company sees its sessions, and a token's company does not change.
    recheck: () => undefined,
    lose: () => breakDown(new Error('lost')),
    close,
  }
}

const parseCursor = (text: string | undefined): Pick<Answered, 'savedAt' | 'leadId'> | undefined => {
  const [, savedAt, leadId] = /^(\d{10,25})\.(.+)$/s.exec(text ?? '') ?? []
  return savedAt === undefined || leadId === undefined ? undefined : { savedAt, leadId }
}
