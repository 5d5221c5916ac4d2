import type { Actor } from '../auth/actor.ts'
import type { Directory } from '../conversations/directory.ts'
import { decideAccess } from '../conversations/policy.ts'
import { readCalls } from '../conversations/store.ts'
import type { Deps } from '../deps.ts'
import { compareCalls, toBoardCall } from './board-call.ts'
import type { Call, CallRecord, CallsQuery } from './schema.ts'

/**
 * The active calls that the caller may see, most urgent first, then longest-waiting. Read from the database and
 * not from a listener of our own, for a function's instance sleeps between requests and its listeners with it.
 *
 * @throws AppError `unavailable` when the database does not answer.
 */
export async function listCalls(
  deps: Pick<Deps, 'database' | 'clock' | 'log'>,
  { directory }: { directory: Directory },
  actor: Actor,
  query: CallsQuery,
): Promise<Call[]> {
  const records = await Promise.all([readCalls(deps, actor.company_id), readCalls(deps, null)])
  const wanted = records
    .flat()
    .filter(([, record]) => record.status === 'ACTIVE' && matches(record, query, actor.uid))
  const known = await Promise.all(wanted.map(([callId, record]) => toBoardCall(callId, record, directory)))
  return known
    .flatMap((entry) => (entry && decideAccess(actor, entry.subject, 'read') === 'allow' ? [entry.call] : []))
    .toSorted(compareCalls)
}

function matches(record: CallRecord, { urgency, mine, unassigned }: CallsQuery, uid: string): boolean {
  if (urgency !== undefined && record.urgency !== urgency) return false
  if (mine !== undefined && (record.admin_id === uid) !== (mine === 'true')) return false
  return unassigned === undefined || (record.admin_id === null) === (unassigned === 'true')
}
