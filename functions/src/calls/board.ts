import { countUnread } from '../conversations/board-record.ts'
import type { CallFeeds } from '../conversations/call-feed.ts'
import type { Directory } from '../conversations/directory.ts'
import { type Viewer, decideAccess } from '../conversations/policy.ts'
import type { Deps } from '../deps.ts'
import { type Frame, frameOf } from '../streaming/frame.ts'
import type { LiveRoom } from '../streaming/live-rooms.ts'
import type { LiveStream } from '../streaming/live-stream.ts'
import { createReaders } from '../streaming/readers.ts'
import { createSequence } from '../streaming/sequence.ts'
import { unavailable, withTimeout } from '../streaming/with-timeout.ts'
import { type BoardCall, compareCalls, toBoardCall } from './board-call.ts'
import { followBoardNotes } from './board-notes.ts'
import type { BoardRecord, CallRecord } from './schema.ts'
import { typingFrame } from './typing-frame.ts'

export type BoardDeps = Pick<Deps, 'database' | 'clock' | 'log'> & { feeds: CallFeeds; directory: Directory }

/** The active calls of one company, and everybody who watches them; each sees what the policy lets them see. */
export interface Board extends LiveRoom {
  enter(viewer: Viewer, open: () => LiveStream): Promise<void>
}

type Reader = { readonly viewer: Viewer; readonly visible: Set<string> }

const READY_TIMEOUT_MS = 10_000
/** News that is only "another message came" or "the holder is there" is told at most so often for each call, ms. */
const TOUCH_MS = 1_000

/** @param onBroken the board can no longer be used; its readers have been told */
export function openBoard(deps: BoardDeps, companyId: string, onBroken: () => void): Board {
  const { clock, log, directory } = deps
  // Older records have no company of their own; the policy tells whose they are.
  const held = [deps.feeds.acquire(companyId), deps.feeds.acquire(null)]
  const readers = createReaders<Reader>()
  const notes = followBoardNotes(deps, companyId, {
    onChange: (callId, before, after) => sequence.run(() => takeInNote(callId, before, after)),
    onLost: breakDown,
  })
  const calls = new Map<string, BoardCall>()
  const touched = new Set<string>()
  const sequence = createSequence((error) => {
    log.error({ companyId, err: error }, 'board of calls cannot be kept up to date')
    breakDown()
  })
  const detach: (() => void)[] = []
  let cancelTouches: (() => void) | undefined
  let closed = false

  function breakDown(): void {
    if (closed) return
    readers.lose()
    onBroken()
  }

  /** The call as it is now, whatever the event said that led here; undefined when it is not on the board. */
  function activeRecord(callId: string): CallRecord | undefined {
    const record = held.map(({ value }) => value.calls.get(callId)).find((found) => found !== undefined)
    return record?.status === 'ACTIVE' ? record : undefined
  }

  async function load(callId: string): Promise<BoardCall | undefined> {
    const record = activeRecord(callId)
    return record && (await toBoardCall(callId, record, directory, notes.byCall))
  }

  async function takeIn(callId: string): Promise<void> {
    const before = calls.get(callId)
    const after = await load(callId)
    if (after === undefined) calls.delete(callId)
    else calls.set(callId, after)
    if (before && after && isSame(before, after)) return
    if (before && after && isSame(untouched(before), untouched(after))) {
      touched.add(callId)
      cancelTouches ??= clock.after(TOUCH_MS, tellTouches)
    } else tell(callId, before, after)
  }

  async function takeInNote(
    callId: string,
    before: BoardRecord | undefined,
    after: BoardRecord | undefined,
  ): Promise<void> {
    if (countUnread(before) !== countUnread(after)) await takeIn(callId)
    if (before?.typing === after?.typing) return
    const frame = typing(callId, after)
    if (frame === undefined) return
    for (const [stream, { visible }] of readers.entries()) if (visible.has(callId)) stream.send(frame)
  }

  /** Undefined where there is nothing to tell, as for a call that is not on the board. */
  function typing(callId: string, note: BoardRecord | undefined): Frame | undefined {
    const call = calls.get(callId)?.call
    return call && typingFrame(call, note?.typing, clock.now())
  }

  function tellTouches(): void {
    cancelTouches = undefined
    for (const callId of touched) {
      const entry = calls.get(callId)
      if (entry !== undefined) tell(callId, entry, entry)
    }
    touched.clear()
  }

  /** Each reader is judged: a call that they may no longer see is removed for them, and for them alone. */
  function tell(callId: string, before: BoardCall | undefined, after: BoardCall | undefined): void {
    const about = (after ?? before)?.call
    if (about === undefined) return
    const added = frameOf('call_added', about)
    const changed = frameOf('call_changed', about)
    const removed = frameOf('call_removed', { call_id: callId, conversation_id: about.conversation_id })
    for (const [stream, { viewer, visible }] of readers.entries()) {
      const sees = after !== undefined && decideAccess(viewer, after.subject, 'read') === 'allow'
      if (sees) {
        stream.send(visible.has(callId) ? changed : added)
        visible.add(callId)
      } else if (visible.delete(callId)) stream.send(removed)
    }
  }

  async function start(): Promise<void> {
    try {
      const ready = [notes.ready, ...held.map(({ value }) => value.ready)]
      await withTimeout(Promise.all(ready), READY_TIMEOUT_MS, clock)
      if (closed) return
      for (const { value } of held) {
        detach.push(
          value.subscribe((callId) => sequence.run(() => takeIn(callId))),
          value.onLost(breakDown),
        )
      }
      // All at once, so that the people behind a hundred calls are read together; changes meanwhile come after it.
      const loaded = Promise.withResolvers<void>()
      sequence.run(() => loadAll().then(loaded.resolve, loaded.reject))
      await loaded.promise
    } catch (error) {
      throw unavailable(error)
    }
  }

  async function loadAll(): Promise<void> {
    const ids = held.flatMap(({ value }) => [...value.calls.keys()])
    const entries = await Promise.all(ids.map(async (callId) => ({ callId, entry: await load(callId) })))
    calls.clear()
    for (const { callId, entry } of entries) if (entry !== undefined) calls.set(callId, entry)
  }

  async function recheck(): Promise<void> {
    const before = new Map(calls)
    try {
      await loadAll()
    } catch (error) {
      // Firestore may be away for a while; what was decided last holds until it is back.
      log.warn({ companyId, err: error }, 'access could not be rechecked')
      return
    }
    for (const callId of new Set([...before.keys(), ...calls.keys()])) {
      const [was, is] = [before.get(callId), calls.get(callId)]
      if (!isSame(was, is)) tell(callId, was, is)
    }
  }

  return {
    ready: start(),
    lose: () => readers.lose(),
    enter: (viewer, open) => sequence.ask(() => admit(viewer, open())),
    recheck: () => sequence.run(() => (readers.size() === 0 ? undefined : recheck())),
    close() {
      closed = true
      cancelTouches?.()
      notes.stop()
      for (const stop of detach) stop()
      for (const each of held) each.release()
    },
  }

  function admit(viewer: Viewer, stream: LiveStream): void {
    const shown = [...calls.values()]
      .filter(({ subject }) => decideAccess(viewer, subject, 'read') === 'allow')
      .map(({ call }) => call)
      .toSorted(compareCalls)
    readers.add(stream, { viewer, visible: new Set(shown.map(({ call_id }) => call_id)) })
    stream.replay(frameOf('initial', { calls: shown }))
    for (const { call_id } of shown) {
      const note = notes.byCall.get(call_id)
      const frame = note?.typing === undefined ? undefined : typing(call_id, note)
      if (frame !== undefined) stream.send(frame)
    }
  }
}

const isSame = (a: BoardCall | undefined, b: BoardCall | undefined): boolean =>
  JSON.stringify(a) === JSON.stringify(b)

/** All but what was written and when, and when the holder was last there. */
function untouched(entry: BoardCall): BoardCall {
  const {
    holder_seen_at: _h,
    worker_message_at: _w,
    unanswered_at: _u,
    last_words: _l,
    worker_words: _ww,
    unread_count: _n,
    ...call
  } = entry.call
  return { ...entry, call: { ...call, last_message_at: null } }
}
