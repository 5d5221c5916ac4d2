import type { Database } from 'firebase-admin/database'
import type { CallRecord } from '../calls/schema.ts'
import type { Deps } from '../deps.ts'
import { AppError } from '../platform/errors.ts'
import { unavailable, withTimeout } from '../streaming/with-timeout.ts'
import { type KeyedEvent, type Patch, readEvents, withEvents } from './call-events.ts'
import { parseCall } from './store.ts'

/**
 * What an act does to a call that the policy allows it on, as a pure function of the call as it is. Null: it is so
 * already, which makes every act safe to repeat. `lapsed`: an offer that stands no more.
 */
export type Act = (call: CallRecord) => Patch | null | 'lapsed'

/**
 * How an attempt to change a call came out, as the server confirmed it.
 * - `changed`, `unchanged`: the call is now as the act wants it.
 * - `lapsed`: the act itself found that it comes too late.
 * - `moved`: the call is no longer as it was judged; whoever asked has to judge `call` again.
 * - `gone`: there is no such call.
 */
export type Outcome =
  | { readonly kind: 'unchanged' | 'lapsed' | 'moved'; readonly call: CallRecord }
  /** `events`: what the change has added to the call's history. */
  | { readonly kind: 'changed'; readonly call: CallRecord; readonly events: readonly KeyedEvent[] }
  | { readonly kind: 'gone' }

/** An act waits for its turn and for a database that is away no longer than this, ms. */
const TIMEOUT_MS = 10_000
const ATTEMPTS = 4

/**
 * Applies an act to a call in one atomic step: of two at once the second sees what the first has done. What it changes
 * is added to the call's history (`timeline`) in the same step.
 *
 * @param by whose act it is; undefined: the server's own
 * @param isAsJudged whether the call is, in all that the policy asked about, still the one that was judged
 * @throws AppError `unavailable` when the database does not answer, or too many others change the same call;
 * `too-many-requests` when its history can take no more.
 */
export async function changeCall(
  { transactions, clock }: Pick<Deps, 'transactions' | 'clock'>,
  callId: string,
  isAsJudged: (call: CallRecord) => boolean,
  act: Act,
  by?: string,
): Promise<Outcome> {
  let outcome = { kind: 'gone' } as Outcome
  let isLate = false
  let isFull = false
  let known = 0
  const step = (stored: unknown): unknown => {
    outcome = { kind: 'gone' }
    if (isLate) return undefined
    // Also what the SDK begins with before it has asked; to answer null makes the server tell what is there.
    if (stored === null) return null
    const call = parseCall(stored)
    if (call === undefined) return undefined
    const patch = isAsJudged(call) ? act(call) : 'moved'
    if (patch === null || typeof patch === 'string') {
      outcome = { kind: patch ?? 'unchanged', call }
      return undefined
    }
    const whole = withEvents(stored, call, patch, by)
    isFull = whole === 'full'
    if (whole === 'full') return undefined
    known = readEvents(stored).length
    outcome = { kind: 'changed', call, events: [] }
    return { ...(stored as object), ...whole }
  }
  const turn = inTurn(transactions, callId, async () => {
    const run = () => transactions.ref(`active_calls/${callId}`).transaction(step, undefined, false)
    for (let attempt = 1; ; attempt += 1) {
      if (isLate) return undefined
      try {
        return await run()
      } catch (error) {
        if (attempt === ATTEMPTS || !isTransient(error)) throw error
      }
    }
  })
  try {
    const after: unknown = (await withTimeout(turn, TIMEOUT_MS, clock))?.snapshot.val()
    if (isFull) throw new AppError('too-many-requests', 'This call has been changed too often. End it.')
    if (outcome.kind !== 'changed') return outcome
    // The value with the server's times in place of their placeholders.
    const call = parseCall(after)
    return call === undefined
      ? { kind: 'gone' }
      : { kind: 'changed', call, events: readEvents(after).slice(known) }
  } catch (error) {
    // Whoever asked is told that it failed; it must not happen when the database is back.
    isLate = true
    throw error instanceof AppError ? error : unavailable(error)
  }
}

/** Overtaken too often, or sent when the connection broke: nothing was written, and another attempt may do. */
const isTransient = (error: unknown): boolean =>
  error instanceof Error && (error.message === 'maxretry' || error.message === 'disconnect')

const turns = new WeakMap<Database, Map<string, Promise<unknown>>>()

/**
 * One transaction on a call at a time for each connection. The SDK runs all that wait again whenever one of them is
 * through, and gives up on each after 25 times; and it shows the later ones what the server has not confirmed yet.
 */
async function inTurn<T>(connection: Database, callId: string, work: () => Promise<T>): Promise<T> {
  const waiting = turns.get(connection) ?? new Map<string, Promise<unknown>>()
  turns.set(connection, waiting)
  const mine = (waiting.get(callId) ?? Promise.resolve()).then(work)
  const settled = mine.then(
    () => undefined,
    () => undefined,
  )
  waiting.set(callId, settled)
  try {
    return await mine
  } finally {
    if (waiting.get(callId) === settled) waiting.delete(callId)
  }
}
