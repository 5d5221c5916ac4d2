import type { Clock } from '../platform/clock.ts'
import type { Frame } from '../streaming/frame.ts'
import type { LiveStream } from '../streaming/live-stream.ts'
import { checkFrame, presenceFrame, seenFrame, typingFrame } from './conversation-frames.ts'
import { type SeenMark, type SeenRecord, TYPING_LASTS_MS } from './schema.ts'
import type { Signals } from './signals.ts'

/** Typing, seen and presence of one open conversation, as its readers are told of them. */
export interface RoomSignals {
  /** Takes in how things stand now, and tells what is different. */
  takeIn(signals: Signals): void
  takeInTeam(seen: ReadonlyMap<string, SeenRecord>): void
  /** Tells a reader who has just come how things stand. */
  begin(stream: Pick<LiveStream, 'send'>): void
}

export interface RoomSignalsOptions {
  conversationId: string
  clock: Pick<Clock, 'now'>
  /** Undefined while the call is not known; then nobody reads yet. */
  workerId: () => string | undefined
  send: (frame: Frame) => void
}

const NONE: Signals = { typing: new Map(), seen: new Map(), presence: new Map() }

export function createRoomSignals(options: RoomSignalsOptions): RoomSignals {
  const { conversationId, clock, workerId, send } = options
  let current = NONE
  let team: ReadonlyMap<string, SeenRecord> = new Map()

  const sideOf = (uid: string) => (uid === workerId() ? 'worker' : 'admin')

  const toMark = (uid: string, side: SeenMark['side'], record: SeenRecord): SeenMark => ({
    uid,
    side,
    message_id: record.message_id,
    seen_at: new Date(record.seen_at).toISOString(),
  })
  const marksOf = (seen: Signals['seen'], watchers: ReadonlyMap<string, SeenRecord>): SeenMark[] => [
    ...[...seen].map(([uid, record]) => toMark(uid, sideOf(uid), record)),
    ...[...watchers].map(([uid, record]) => toMark(uid, 'watcher', record)),
  ]

  /** Undefined for a word of typing that has lost its force. */
  function typing(uid: string, at: number): Frame | undefined {
    const left = Math.min(TYPING_LASTS_MS, at + TYPING_LASTS_MS - clock.now())
    return left > 0 ? typingFrame(conversationId, { uid, side: sideOf(uid), left }) : undefined
  }
  const presence = (uid: string, at: number): Frame =>
    presenceFrame(conversationId, { uid, at, age: Math.max(0, clock.now() - at) })

  return {
    takeIn(signals) {
      const before = current
      current = signals
      if (workerId() === undefined) return
      for (const frame of [
        ...changed(before.typing, signals.typing).map(([uid, at]) => typing(uid, at)),
        ...[...before.typing.keys()]
          .filter((uid) => !signals.typing.has(uid))
          .map((uid) => typingFrame(conversationId, { uid, side: sideOf(uid), left: 0 })),
        ...changed(before.presence, signals.presence).map(([uid, at]) => presence(uid, at)),
      ]) {
        if (frame !== undefined) send(frame)
      }
      if (JSON.stringify(before.check) !== JSON.stringify(signals.check)) {
        send(checkFrame(conversationId, signals.check))
      }
      const seen = changed(before.seen, signals.seen, isSameMark)
      if (seen.length > 0) send(seenFrame(conversationId, marksOf(new Map(seen), new Map())))
    },
    takeInTeam(seen) {
      const news = changed(team, seen, isSameMark)
      team = seen
      if (news.length > 0 && workerId() !== undefined) {
        send(seenFrame(conversationId, marksOf(new Map(), new Map(news))))
      }
    },
    begin(stream) {
      const marks = marksOf(current.seen, team)
      if (marks.length > 0) stream.send(seenFrame(conversationId, marks))
      for (const [uid, at] of current.presence) stream.send(presence(uid, at))
      if (current.check !== undefined) stream.send(checkFrame(conversationId, current.check))
      for (const [uid, at] of current.typing) {
        const frame = typing(uid, at)
        if (frame !== undefined) stream.send(frame)
      }
    },
  }
}

/** The entries of `after` that `before` did not have as they are. */
function changed<T>(
  before: ReadonlyMap<string, T>,
  after: ReadonlyMap<string, T>,
  isSame: (a: T, b: T) => boolean = Object.is,
): [string, T][] {
  return [...after].filter(([uid, value]) => {
    const known = before.get(uid)
    return known === undefined || !isSame(known, value)
  })
}

const isSameMark = (a: SeenRecord, b: SeenRecord): boolean =>
  a.message_id === b.message_id && a.seen_at === b.seen_at
