import type { DataSnapshot } from 'firebase-admin/database'
import { ChatRecord } from '../../chats/chat-record.ts'
import { unknownChat } from '../../chats/find-chat.ts'
import { type ChatViewer, decideChat } from '../../chats/policy.ts'
import type { Deps } from '../../deps.ts'
import type { Frame } from '../../streaming/frame.ts'
import type { LiveRoom } from '../../streaming/live-rooms.ts'
import type { LiveStream } from '../../streaming/live-stream.ts'
import { createReaders } from '../../streaming/readers.ts'
import { unavailable, withTimeout } from '../../streaming/with-timeout.ts'
import type { AskForSummary } from '../chats/ask.ts'
import { type Wanted, chatSummaryName, covers, readChatSummary, showMade } from '../chats/record.ts'
import type { SummaryWatches } from '../chats/watches.ts'
import { summaryEndedFrame, summaryFrame, watchingFrame } from './summary-frames.ts'

/** A chat whose summary people watch: it is kept up to date for as long as they do, and no longer. */
export interface SummaryRoom extends LiveRoom {
  /**
   * Lets a reader in, and tells the summary as it stands unless `lastEventId` says that they have it.
   *
   * @throws AppError `not-found` for who may not read the chat, or when it has gone.
   */
  enter(
    viewer: ChatViewer,
    lastEventId: string | undefined,
    open: (conversationId: string) => LiveStream,
  ): void
}

type RoomDeps = Pick<Deps, 'database' | 'clock' | 'log'>

const READY_TIMEOUT_MS = 10_000
/** Messages that come within so long of one another are summarized together, ms. */
const DEBOUNCE_MS = 4_000
/** How long after it was asked for it is looked whether somebody is still at it, ms. */
const LOOK_AGAIN_MS = 10_000

/** @param onBroken the room can no longer be used; its readers have been told */
export function openSummaryRoom(
  { database, clock, log }: RoomDeps,
  { watches, ask }: { watches: SummaryWatches; ask: AskForSummary },
  key: string,
  onBroken: () => void,
): SummaryRoom {
  const readers = createReaders<ChatViewer>()
  const held = watches.acquire(chatSummaryName({ key, type: 'brief' }))
  const known = Promise.withResolvers<void>()
  // Whoever waits for it hears of the failure; nobody waiting is no error.
  known.promise.catch(() => undefined)
  let chat: ChatRecord | undefined
  let current: Frame | undefined
  let cancelAsking: (() => void) | undefined
  let closed = false

  const reference = database.ref(`active_chats/${key}`)
  const onValue = reference.on('value', takeInChat, breakDown)
  const stopWatching = held.value.subscribe({ changed: settle, lost: breakDown })

  function takeInChat(snapshot: DataSnapshot): void {
    if (closed) return
    const parsed = ChatRecord.safeParse(snapshot.val())
    if (snapshot.exists() && !parsed.success) return breakDown(new Error('the chat cannot be read'))
    const before = chat
    chat = parsed.data
    known.resolve()
    if (chat === undefined) {
      if (before !== undefined) readers.end(summaryEndedFrame(before.conversation_id))
      return
    }
    settle()
  }

  /** Tells what is new, and then either ends or sees to what is missing. */
  function settle(): void {
    if (closed || chat === undefined) return
    const { made } = readChatSummary(held.value.current(), chat)
    const frame = made === null ? undefined : summaryFrame(showMade(chat.conversation_id, 'brief', made))
    const isNew = frame?.id !== current?.id
    if (isNew) {
      current = frame
      cancelAsking?.()
      cancelAsking = undefined
      if (frame !== undefined) readers.send(frame)
    }
    if (!covers({ made }, chat.count)) askAfter(made === null ? 0 : DEBOUNCE_MS)
    else if (chat.active_at === undefined) readers.end(summaryEndedFrame(chat.conversation_id))
  }

  /** Nobody is there to read it: then nothing is paid for. */
  function askAfter(ms: number): void {
    if (cancelAsking !== undefined || closed || readers.size() === 0) return
    cancelAsking = clock.after(ms, () => {
      cancelAsking = undefined
      if (chat === undefined || closed || readers.size() === 0) return
      const wanted: Wanted = { key, type: 'brief', chat }
      ask(wanted).catch((error: unknown) => log.warn({ chatKey: key, err: error }, 'summary not asked for'))
      askAfter(LOOK_AGAIN_MS)
    })
  }

  function breakDown(error: Error): void {
    if (closed) return
    log.error({ chatKey: key, err: error }, 'summary cannot be followed')
    known.reject(unavailable(error))
    readers.lose()
    onBroken()
  }

  const dismissStrangers = (subject: ChatRecord): void =>
    readers.dismiss((viewer) => decideChat(viewer, subject) === 'allow', 'Access denied.')

  return {
    ready: withTimeout(Promise.all([known.promise, held.value.ready]), READY_TIMEOUT_MS, clock).then(
      () => undefined,
    ),
    enter(viewer, lastEventId, open) {
      if (closed || chat === undefined || decideChat(viewer, chat) !== 'allow') throw unknownChat()
      const stream = open(chat.conversation_id)
      stream.send(watchingFrame({ conversation_id: chat.conversation_id, kind: 'chat' }))
      if (current !== undefined && current.id !== lastEventId) stream.send(current)
      readers.add(stream, viewer)
      settle()
    },
    recheck() {
      if (chat !== undefined) dismissStrangers(chat)
    },
    lose: () => readers.lose(),
    close() {
      closed = true
      cancelAsking?.()
      reference.off('value', onValue)
      stopWatching()
      held.release()
    },
  }
}
