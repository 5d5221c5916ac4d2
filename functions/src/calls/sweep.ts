import type { Query } from 'firebase-admin/database'
import type { Deps } from '../deps.ts'
import { type ArchiveDeps, archiveCall, archiveLateMessages } from './archive-call.ts'
import { readFound, sweepHolder, sweepOffer, tellOfLostHolder } from './lost-holders.ts'

export interface SweepReport {
  /** Ended calls that were still to be archived, and late messages' conversations that were added to an archive. */
  archived: number
  added: number
  /** Offers that had lapsed, calls whose holder was lost, and conversations that were told so. */
  lapsed: number
  lost: number
  told: number
  /** What could not be done now and is tried again at the next sweep. */
  failed: number
}

/** What has to be done with an ended call before it is archived; when it throws the call is left where it is. */
export type LastLook = (callId: string) => Promise<void>
const lookNoMore: LastLook = () => Promise.resolve()

/**
 * Does what a crash, or a lost event, has left undone. Safe to run at any time and by several at once.
 *
 * @throws when the database does not answer; whatever fails for one call alone is logged and counted.
 */
export async function sweepCalls(
  deps: ArchiveDeps & Pick<Deps, 'config'>,
  lastLook: LastLook = lookNoMore,
): Promise<SweepReport> {
  const { writes, log } = deps
  const report: SweepReport = { archived: 0, added: 0, lapsed: 0, lost: 0, told: 0, failed: 0 }
  async function attempt(about: object, work: () => Promise<void>): Promise<void> {
    try {
      await work()
    } catch (error) {
      report.failed += 1
      log.error({ ...about, err: error }, 'sweep could not finish a call')
    }
  }

  const calls = writes.ref('active_calls')
  for (const call of readFound(await entriesOf(calls.orderByChild('admin_id').startAt('')))) {
    await attempt({ callId: call[0] }, async () => {
      if (await sweepOffer(deps, call)) report.lapsed += 1
      if (await sweepHolder(deps, call)) report.lost += 1
    })
  }
  for (const call of readFound(
    await entriesOf(calls.orderByChild('released/reason').equalTo('holder-lost')),
  )) {
    await attempt({ callId: call[0] }, async () => {
      if (await tellOfLostHolder(deps, call)) report.told += 1
    })
  }
  for (const [callId] of await entriesOf(calls.orderByChild('status').equalTo('ENDED'))) {
    await attempt({ callId }, async () => {
      await lastLook(callId)
      if ((await archiveCall(deps, callId)) === 'archived') report.archived += 1
    })
  }
  // A message that came after its conversation was removed lies there alone.
  const orphans = writes.ref('active_conversations').orderByChild('call_id').equalTo(null)
  for (const [conversationId] of await entriesOf(orphans)) {
    await attempt({ conversationId }, async () => {
      if (await archiveLateMessages(deps, conversationId)) report.added += 1
    })
  }
  return report
}

async function entriesOf(query: Query): Promise<[key: string, stored: unknown][]> {
  const entries: [string, unknown][] = []
  const found = await query.get()
  found.forEach((child) => void entries.push([child.key, child.val()]))
  return entries
}
