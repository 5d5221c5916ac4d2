import type { Actor } from '../auth/actor.ts'
import type { CallFeeds } from '../conversations/call-feed.ts'
import type { Directory } from '../conversations/directory.ts'
import { decideAccess } from '../conversations/policy.ts'
import type { Deps } from '../deps.ts'
import { unavailable, withTimeout } from '../streaming/with-timeout.ts'
import { compareCalls, toBoardCall } from './board-call.ts'
import type { Call, CallRecord, CallsQuery } from './schema.ts'

const READ_TIMEOUT_MS = 10_000

/**
 * The active calls that the caller may see, most urgent first, then longest-waiting.
 *
 * @throws AppError `unavailable` when the database does not answer.
 */
export async function listCalls(
  { clock }: Pick<Deps, 'clock'>,
  { feeds, directory }: { feeds: CallFeeds; directory: Directory },
  actor: Actor,
  query: CallsQuery,
): Promise<Call[]> {
  const records = await readActiveCalls({ clock }, feeds, actor.company_id)
  const wanted = records.filter(([, record]) => matches(record, query, actor.uid))
  const known = await Promise.all(wanted.map(([callId, record]) => toBoardCall(callId, record, directory)))
  return known
    .flatMap((entry) => (entry && decideAccess(actor, entry.subject, 'read') === 'allow' ? [entry.call] : []))
    .toSorted(compareCalls)
}

/** Through the shared listeners: a console that asks every few seconds costs the database nothing. */
async function readActiveCalls(
  { clock }: Pick<Deps, 'clock'>,
  feeds: CallFeeds,
  companyId: string,
): Promise<[string, CallRecord][]> {
  const held = [feeds.acquire(companyId), feeds.acquire(null)]
  try {
    await withTimeout(Promise.all(held.map(({ value }) => value.ready)), READ_TIMEOUT_MS, clock)
    return held.flatMap(({ value }) => [...value.calls]).filter(([, { status }]) => status === 'ACTIVE')
  } catch (error) {
    throw unavailable(error)
  } finally {
    for (const each of held) each.release()
  }
}

function matches(record: CallRecord, { urgency, mine, unassigned }: CallsQuery, uid: string): boolean {
  if (urgency !== undefined && record.urgency !== urgency) return false
  if (mine !== undefined && (record.admin_id === uid) !== (mine === 'true')) return false
  return unassigned === undefined || (record.admin_id === null) === (unassigned === 'true')
}
