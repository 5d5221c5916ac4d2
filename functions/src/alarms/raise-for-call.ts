import type { FoundCall } from '../calls/lost-holders.ts'
import { changeCall } from '../conversations/change-call.ts'
import type { Deps } from '../deps.ts'
import type { AlarmKind } from './schema.ts'
import { markAlarmed, unassignedSince } from './silence.ts'
import { type AlarmDeps, raiseAlarm } from './store.ts'

type RaiseDeps = AlarmDeps & Pick<Deps, 'transactions' | 'config'>

/**
 * Alarms that the record of a call alone speaks of, once for each lease; returns how many were raised. That a holder was
 * lost stands, even when the worker has ended the call since: somebody who was left alone and gave up has to be asked.
 *
 * @throws when a database does not answer, and another attempt could help.
 */
export async function raiseForCall(deps: RaiseDeps, [callId, call]: FoundCall): Promise<number> {
  const now = deps.clock.now()
  const causes: [kind: AlarmKind, cause: string][] = []
  if (call.released?.reason === 'holder-lost') causes.push(['holder-lost', String(call.released.takeover)])
  const since = unassignedSince(call)
  if (since !== undefined && now - since >= deps.config.watch.unassigned * 1_000) {
    causes.push(['unassigned', String(call.takeover)])
  }
  let raised = 0
  for (const [kind, cause] of causes) {
    const mark = `${kind}_${cause}`
    if (call.alarmed?.[mark] !== undefined) continue
    if (!(await raiseAlarm(deps, { callId, call, kind, cause }))) continue
    await changeCall(deps, callId, () => true, markAlarmed(mark, now))
    raised += 1
  }
  return raised
}
