import type { CallRecord } from '../calls/schema.ts'
import type { Deps } from '../deps.ts'
import { AppError } from '../platform/errors.ts'
import type { Frame } from '../streaming/frame.ts'
import type { LiveRoom } from '../streaming/live-rooms.ts'
import type { LiveStream } from '../streaming/live-stream.ts'
import { createReaders } from '../streaming/readers.ts'
import { createSequence } from '../streaming/sequence.ts'
import { unavailable, withTimeout } from '../streaming/with-timeout.ts'
import type { Summary } from '../summaries/schema.ts'
import { ACCESS_DENIED, subjectOf } from './access.ts'
import { unknownConversation } from './authorize.ts'
import type { CallFeeds } from './call-feed.ts'
import {
  type Described,
  callChangedFrame,
  endedFrame,
  initialFrame,
  newMessagesFrame,
} from './conversation-frames.ts'
import type { Cursor } from './cursor.ts'
import type { Directory } from './directory.ts'
import { type ConversationChange, followConversation } from './follow-conversation.ts'
import type { FollowedTree } from './follow-tree.ts'
import { createMessageLog } from './message-log.ts'
import { type Decision, type Subject, type Viewer, decideAccess } from './policy.ts'
import { createRoomSignals } from './room-signals.ts'
import { createRoomSummary } from './room-summary.ts'
import type { SeenRecord } from './schema.ts'
import { passFence } from './store.ts'
import { type CallWatch, watchCall } from './watch-call.ts'

export type RoomDeps = Pick<Deps, 'database' | 'clock' | 'log'> & {
  feeds: CallFeeds
  teamSeen: FollowedTree<ReadonlyMap<string, SeenRecord>>
  summaries: FollowedTree<Summary | null>
  directory: Directory
}

/** One open conversation: one listener, its messages in memory, and everybody who reads it. */
export interface Room extends LiveRoom {
  /**
   * Lets a reader in, in order with all that happens here: between what they begin with and what follows
   * nothing is missed or doubled. `open` is called only when they may enter.
   */
  enter(viewer: Viewer, cursor: Cursor | undefined, open: () => LiveStream): Promise<Decision>
}

const READY_TIMEOUT_MS = 10_000

/** @param onBroken the room can no longer be used; its readers have been told */
export function openRoom(deps: RoomDeps, conversationId: string, onBroken: () => void): Room {
  const { log, clock, directory } = deps
  const messages = createMessageLog()
  const readers = createReaders<Viewer>()
  const sequence = createSequence((error) => {
    log.error({ conversationId, err: error }, 'conversation cannot be kept up to date')
    breakDown()
  })
  const known = Promise.withResolvers<ConversationChange>()
  let callId: string | null = null
  let watch: CallWatch | undefined
  let current: { about: Described; subject: Subject } | undefined
  let closed = false
  let cachedInitial: Frame | undefined
  const signals = createRoomSignals({
    conversationId,
    clock,
    workerId: () => current?.about.call.worker_id,
    send: (frame) => readers.send(frame),
  })
  const summary = createRoomSummary((frame) => readers.send(frame))

  const stopFollowing = followConversation(
    deps,
    conversationId,
    (change) => {
      known.resolve(change)
      sequence.run(() => takeIn(change))
    },
    loseListener,
  )
  const stopFollowingTeam = deps.teamSeen.follow(conversationId, {
    onValue: (seen) => sequence.run(() => signals.takeInTeam(seen)),
    onLost: loseListener,
  })
  const stopFollowingSummary = deps.summaries.follow(conversationId, {
    onValue: (made) => sequence.run(() => summary.takeIn(made)),
    onLost: loseListener,
  })

  function loseListener(error: Error): void {
    known.reject(unavailable(error))
    log.error({ conversationId, err: error }, 'listener on a conversation lost')
    breakDown()
  }

  function breakDown(): void {
    if (closed) return
    readers.lose()
    onBroken()
  }

  /** Should a conversation of this id come back, the next reader opens it afresh. */
  function vanish(): void {
    if (closed) return
    readers.end(endedFrame(conversationId))
    onBroken()
  }

  function takeIn(change: ConversationChange): void {
    if (!change.exists) {
      vanish()
      return
    }
    if (callId !== null && change.callId !== callId) throw new Error('the conversation changed its call')
    if (change.messages.length > 0 || change.removed.length > 0) takeInMessages(change)
    // After the messages, for nobody sees what is not there.
    signals.takeIn(change.signals)
  }

  function takeInMessages(change: ConversationChange): void {
    cachedInitial = undefined
    for (const id of change.removed) messages.remove(id)
    const added = messages.add(change.messages)
    if (added.count > 0 && readers.size() > 0) {
      readers.send(newMessagesFrame(conversationId, added.json, messages))
    }
  }

  /** What happens after a change of holder waits in the sequence until it is decided who may have it. */
  async function takeInCall(call: CallRecord | null): Promise<void> {
    if (call === null || callId === null || call.conversation_id !== conversationId) {
      vanish()
      return
    }
    const before = current?.about.call
    const about = { conversationId, callId, call }
    const isSameSubject =
      before?.admin_id === call.admin_id &&
      before.worker_id === call.worker_id &&
      before.transfer?.to === call.transfer?.to
    const subject =
      isSameSubject && current !== undefined
        ? { ...current.subject, status: call.status }
        : await subjectOf(call, directory)
    current = { about, subject }
    cachedInitial = undefined
    if (isSameSubject && before.urgency === call.urgency && before.status === call.status) return
    dismissStrangers(subject)
    readers.send(callChangedFrame(about))
    if (call.status === 'ENDED') endAfterLastMessages()
  }

  const dismissStrangers = (subject: Subject) =>
    readers.dismiss((viewer) => decideAccess(viewer, subject, 'read') === 'allow', ACCESS_DENIED)

  /** A write that ends the call may bring last messages with it, and nothing says which listener hears first. */
  function endAfterLastMessages(): void {
    const end = () =>
      sequence.run(() => {
        if (current?.about.call.status === 'ENDED') readers.end(endedFrame(conversationId))
      })
    passFence(deps).then(end, end)
  }

  async function start(): Promise<void> {
    const first = await withTimeout(known.promise, READY_TIMEOUT_MS, clock)
    callId = first.callId
    if (!first.exists || callId === null || closed) throw unknownConversation()
    watch = watchCall(deps, deps.feeds, callId, {
      changed: (call) => sequence.run(() => takeInCall(call)),
      lost: breakDown,
    })
    const call = await watch.ready
    if (call === null || call.conversation_id !== conversationId) throw unknownConversation()
    const subject = await subjectOf(call, directory)
    // It may have vanished while we looked.
    if (closed) throw unknownConversation()
    current ??= { about: { conversationId, callId, call }, subject }
  }

  function begin(stream: LiveStream, about: Described, cursor: Cursor | undefined): void {
    const missed = cursor === undefined ? 'unknown' : messages.sinceJson(cursor)
    if (missed === 'unknown') stream.replay((cachedInitial ??= initialFrame(about, messages)))
    else {
      stream.send(callChangedFrame(about))
      if (missed.count > 0) stream.replay(newMessagesFrame(conversationId, missed.json, messages))
    }
    signals.begin(stream)
    summary.begin(stream)
  }

  function admit(viewer: Viewer, cursor: Cursor | undefined, open: () => LiveStream): Decision {
    if (closed || current === undefined) throw unavailable()
    const decision = decideAccess(viewer, current.subject, 'read')
    if (decision !== 'allow') return decision
    const stream = open()
    readers.add(stream, viewer)
    begin(stream, current.about, cursor)
    if (current.about.call.status === 'ENDED') endAfterLastMessages()
    return decision
  }

  return {
    ready: start().catch((error: unknown) => {
      throw error instanceof AppError ? error : unavailable(error)
    }),
    lose: () => readers.lose(),
    enter: (viewer, cursor, open) => sequence.ask(() => admit(viewer, cursor, open)),
    recheck() {
      sequence.run(async () => {
        if (current === undefined || readers.size() === 0) return
        try {
          current = { ...current, subject: await subjectOf(current.about.call, directory) }
          dismissStrangers(current.subject)
        } catch (error) {
          // Firestore may be away for a while; what was decided last holds until it is back.
          log.warn({ conversationId, err: error }, 'access could not be rechecked')
        }
      })
    },
    close() {
      closed = true
      stopFollowing()
      stopFollowingTeam()
      stopFollowingSummary()
      watch?.stop()
    },
  }
}
