import type { Database } from 'firebase-admin/database'
import type { Clock } from './clock.ts'
import type { DatabaseCall, Metrics } from './metrics.ts'

/** What the database answers once. Listeners stay open, and are counted where they are shared. */
const CALLS: ReadonlySet<unknown> = new Set(['get', 'once', 'set', 'update', 'remove', 'transaction'])
/** What makes a reference, or a query, of another one. */
const STEPS: ReadonlySet<unknown> = new Set(
  (
    'ref child orderByChild orderByKey orderByValue orderByPriority ' +
    'limitToFirst limitToLast startAt startAfter endAt endBefore equalTo'
  ).split(' '),
)

type Method = (...given: unknown[]) => unknown

/**
 * The same database, of which every call is counted and timed by what it is (`get`, `update`, `transaction`, …), never by
 * where it goes. Reached by way of snapshots (`snapshot.ref`) it is not measured.
 *
 * @returns what behaves as `database` in every way; promises settle as they would
 */
export function measuredDatabase(
  database: Database,
  metrics: Pick<Metrics, 'databaseCall'>,
  clock: Pick<Clock, 'now'>,
): Database {
  function measure(operation: string, call: () => unknown): unknown {
    const started = clock.now()
    const note = (outcome: DatabaseCall['outcome']): void =>
      metrics.databaseCall({ database: 'realtime', operation, ms: clock.now() - started, outcome })
    const answer = call()
    // Whoever called gets `answer` itself, and so whatever it rejects with.
    if (answer instanceof Promise) {
      answer.then(
        () => note('ok'),
        (error: unknown) => note(isRefusal(error) ? 'refused' : 'failed'),
      )
    }
    return answer
  }

  const watched = <T extends object>(target: T): T =>
    new Proxy(target, {
      get(of, name) {
        // With the SDK's own object as `this`: what it asks of itself is no call of ours.
        const value: unknown = Reflect.get(of, name, of)
        if (typeof value !== 'function') return value
        const method = (value as Method).bind(of)
        if (STEPS.has(name)) return (...given: unknown[]) => watched(method(...given) as object)
        if (CALLS.has(name)) return (...given: unknown[]) => measure(String(name), () => method(...given))
        return method
      },
    })
  return watched(database)
}

/** The security rules have said no: the database works, and a guarded write asks it just this. */
const isRefusal = (error: unknown): boolean =>
  error instanceof Error && (error as { code?: unknown }).code === 'PERMISSION_DENIED'
