import type { QueryDocumentSnapshot, QuerySnapshot } from 'firebase-admin/firestore'
import type { Viewer } from '../conversations/policy.ts'
import { frameOf } from '../streaming/frame.ts'
import type { LiveRoom } from '../streaming/live-rooms.ts'
import type { LiveStream } from '../streaming/live-stream.ts'
import { createReaders } from '../streaming/readers.ts'
import { createSequence } from '../streaming/sequence.ts'
import { unavailable, withTimeout } from '../streaming/with-timeout.ts'
import { subjectOfAlarm } from './access.ts'
import { type AlarmSubject, decideAlarm } from './policy.ts'
import type { Alarm, AlarmRecord } from './schema.ts'
import { type AlarmDeps, parseAlarm, showAlarm } from './store.ts'

/** The open alarms of one company, and everybody who watches them; each is told of those that they may see. */
export interface AlarmBoard extends LiveRoom {
  enter(viewer: Viewer, open: () => LiveStream): Promise<void>
}

type Reader = { readonly viewer: Viewer; readonly visible: Set<string> }
type Entry = { readonly record: AlarmRecord; readonly alarm: Alarm; readonly subject: AlarmSubject }

const READY_TIMEOUT_MS = 10_000

/** @param onBroken the board can no longer be used; its readers have been told */
export function openAlarmBoard(deps: AlarmDeps, companyId: string, onBroken: () => void): AlarmBoard {
  const { firestore, clock, log, directory } = deps
  const readers = createReaders<Reader>()
  const alarms = new Map<string, Entry>()
  const sequence = createSequence(breakDown)
  const loaded = Promise.withResolvers<void>()
  // Whoever waits for it hears of the failure; nobody waiting is no error.
  loaded.promise.catch(() => undefined)
  let closed = false

  const stop = firestore
    .collection('alarms')
    .where('company_id', '==', companyId)
    .where('is_open', '==', true)
    .onSnapshot(
      (snapshot) => sequence.run(() => takeIn(snapshot)),
      (error) => breakDown(error),
    )

  function breakDown(error: unknown): void {
    loaded.reject(error)
    if (closed) return
    log.error({ companyId, err: error }, 'board of alarms cannot be kept up to date')
    readers.lose()
    onBroken()
  }

  async function takeIn(snapshot: QuerySnapshot): Promise<void> {
    for (const change of snapshot.docChanges()) {
      const { id } = change.doc
      const entry = change.type === 'removed' ? undefined : await toEntry(change.doc)
      const before = alarms.get(id)
      if (entry === undefined) alarms.delete(id)
      else alarms.set(id, entry)
      if (before !== undefined || entry !== undefined) tell(id, entry)
    }
    loaded.resolve()
  }

  async function toEntry(document: QueryDocumentSnapshot): Promise<Entry | undefined> {
    const record = parseAlarm(document)
    if (record === undefined) {
      log.warn({ alarmId: document.id }, 'malformed alarm left out')
      return undefined
    }
    return { record, alarm: showAlarm(document.id, record), subject: await subjectOfAlarm(record, directory) }
  }

  /** Each reader is judged, for an alarm may come to concern more people, or other ones. */
  function tell(id: string, entry: Entry | undefined): void {
    const raised = entry && frameOf('alarm_raised', entry.alarm)
    const changed = entry && frameOf('alarm_changed', entry.alarm)
    const removed = frameOf('alarm_removed', { alarm_id: id })
    for (const [stream, { viewer, visible }] of readers.entries()) {
      const isKnown = visible.has(id)
      if (entry !== undefined && decideAlarm(viewer, entry.subject) === 'allow') {
        const frame = isKnown ? changed : raised
        if (frame !== undefined) stream.send(frame)
        visible.add(id)
      } else if (visible.delete(id)) stream.send(removed)
    }
  }

  async function recheck(): Promise<void> {
    for (const [id, { record, alarm, subject }] of alarms) {
      try {
        const now = await subjectOfAlarm(record, directory)
        if (JSON.stringify(now) === JSON.stringify(subject)) continue
        alarms.set(id, { record, alarm, subject: now })
        tell(id, alarms.get(id))
      } catch (error) {
        // Firestore may be away for a while; what was decided last holds until it is back.
        log.warn({ companyId, err: error }, 'access to alarms could not be rechecked')
        return
      }
    }
  }

  function admit(viewer: Viewer, stream: LiveStream): void {
    const shown = [...alarms.values()]
      .filter(({ subject }) => decideAlarm(viewer, subject) === 'allow')
      .map(({ alarm }) => alarm)
      .toSorted((a, b) => Date.parse(a.raised_at) - Date.parse(b.raised_at))
    readers.add(stream, { viewer, visible: new Set(shown.map(({ alarm_id }) => alarm_id)) })
    stream.replay(frameOf('initial', { alarms: shown }))
  }

  return {
    ready: withTimeout(loaded.promise, READY_TIMEOUT_MS, clock).catch((error: unknown) => {
      throw unavailable(error)
    }),
    lose: () => readers.lose(),
    enter: (viewer, open) => sequence.ask(() => admit(viewer, open())),
    recheck: () => sequence.run(() => (readers.size() === 0 ? undefined : recheck())),
    close() {
      closed = true
      stop()
    },
  }
}
