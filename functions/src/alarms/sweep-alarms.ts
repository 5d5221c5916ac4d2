import pLimit from 'p-limit'
import { readFound } from '../calls/lost-holders.ts'
import { type Directory, createDirectory } from '../conversations/directory.ts'
import type { Deps } from '../deps.ts'
import { escalate, followHolder } from './alarm-acts.ts'
import { judgeNewMessages } from './duress-messages.ts'
import { judgeEnd } from './duress.ts'
import { raiseForCall } from './raise-for-call.ts'
import { changeAlarm, parseAlarm } from './store.ts'
import { type WatchDeps, watchSilence } from './watch-silence.ts'

export interface AlarmsReport {
  /** Workers who were asked, and alarms that were raised or went further. */
  asked: number
  raised: number
  escalated: number
  /** What could not be done now and is tried again at the next sweep. */
  failed: number
}

export type AlarmSweepDeps = Pick<
  Deps,
  'writes' | 'transactions' | 'firestore' | 'clock' | 'log' | 'config' | 'audit'
>

/** Calls looked at together. */
const AT_ONCE = 8

/**
 * Looks at every active call and every open alarm. Safe to run at any time and by several at once.
 *
 * @throws when a database does not answer; whatever fails for one call alone is logged and counted.
 */
export async function sweepAlarms(
  given: AlarmSweepDeps,
  directory: Directory = createDirectory(given),
): Promise<AlarmsReport> {
  const deps: WatchDeps = { ...given, directory }
  const report: AlarmsReport = { asked: 0, raised: 0, escalated: 0, failed: 0 }
  const limit = pLimit(AT_ONCE)
  const attempt = (about: object, work: () => Promise<void>): Promise<void> =>
    limit(async () => {
      try {
        await work()
      } catch (error) {
        report.failed += 1
        deps.log.error({ ...about, err: error }, 'sweep could not look at a call or an alarm')
      }
    })
  const stored = await deps.writes.ref('active_calls').orderByChild('status').equalTo('ACTIVE').get()
  const entries: [string, unknown][] = []
  stored.forEach((child) => void entries.push([child.key, child.val()]))
  const calls = readFound(entries)
  await Promise.all(
    calls.map((call) =>
      attempt({ callId: call[0] }, async () => {
        await judgeEnd(deps, call)
        await judgeNewMessages(deps, call)
        const outcome = await watchSilence(deps, call)
        if (outcome === 'asked' || outcome === 'raised') report[outcome] += 1
        report.raised += await raiseForCall(deps, call)
      }),
    ),
  )
  const holders = new Map(calls.map(([callId, { admin_id }]) => [callId, admin_id]))
  const open = await deps.firestore.collection('alarms').where('is_open', '==', true).get()
  await Promise.all(
    open.docs.map((document) =>
      attempt({ alarmId: document.id }, async () => {
        const alarm = parseAlarm(document)
        if (alarm === undefined) return
        const now = deps.clock.now()
        // A call that has ended stays with who held it.
        const holder = holders.get(alarm.call_id)
        if (holder !== undefined && followHolder(holder, now)(alarm) !== null) {
          await changeAlarm(deps, document.id, followHolder(holder, now))
        }
        const louder = escalate(now, deps.config.watch.escalate * 1_000)
        if (louder(alarm) !== null && (await changeAlarm(deps, document.id, louder))?.changed) {
          report.escalated += 1
        }
      }),
    ),
  )
  return report
}
