import type { FoundCall } from '../calls/lost-holders.ts'
import { CheckRecord } from '../conversations/schema.ts'
import { readCall } from '../conversations/store.ts'
import type { Deps } from '../deps.ts'
import { judgeNewMessages } from './duress-messages.ts'
import { type DuressDeps, judgeProof, raiseDuress } from './duress.ts'
import { raiseForCall } from './raise-for-call.ts'

type LastLookDeps = DuressDeps & Pick<Deps, 'config'>

/**
 * What is still to be seen of an ended call before it goes into the archive, where no sweep looks: words that its worker
 * gave in its last moments, and that its holder had been lost. Their alarms outlive the call. May be repeated.
 *
 * @throws when a database does not answer; the call must not be archived then.
 */
export async function takeLastLook(deps: LastLookDeps, callId: string): Promise<void> {
  const call = await readCall({ ...deps, database: deps.writes }, callId)
  if (call === undefined || call === 'malformed' || call.status !== 'ENDED') return
  const found: FoundCall = [callId, call]
  await judgeNewMessages(deps, found)
  const stored: unknown = (
    await deps.writes.ref(`active_conversations/${call.conversation_id}/check`).get()
  ).val()
  const check = CheckRecord.safeParse(stored).data
  const given: [proof: string | undefined, cause: string][] = [
    [check?.answer?.proof, `answer_${check?.id}`],
    [call.end_asked?.proof, `end_${call.end_asked?.at}`],
  ]
  for (const [proof, cause] of given) {
    if (proof === undefined || !(await judgeProof(deps, call.worker_id, proof))) continue
    await raiseDuress(deps, found, cause)
  }
  await raiseForCall(deps, found)
}
