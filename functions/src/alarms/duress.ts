import { createHash, timingSafeEqual } from 'node:crypto'
import type { FoundCall } from '../calls/lost-holders.ts'
import type { CallRecord } from '../calls/schema.ts'
import { end } from '../calls/lifecycle.ts'
import { changeCall } from '../conversations/change-call.ts'
import type { Deps } from '../deps.ts'
import { DuressRecord } from './schema.ts'
import { markAlarmed } from './silence.ts'
import { type AlarmDeps, raiseAlarm } from './store.ts'

export type DuressDeps = AlarmDeps & Pick<Deps, 'writes' | 'transactions'>

/** What is kept of a proof. */
export const digestOf = (proof: string): string => createHash('sha256').update(proof).digest('hex')
const wordOf = (workerId: string): string => `duress_words/${workerId}`

/** Keeps a worker's duress word: a digest of what was derived from it, which tells the word to nobody. */
export async function setDuressWord(
  { firestore, clock }: Pick<Deps, 'firestore' | 'clock'>,
  workerId: string,
  proof: string,
): Promise<void> {
  await firestore.doc(wordOf(workerId)).set({ digest: digestOf(proof), set_at: clock.now() })
}

/** What is kept of a worker's duress word; undefined when they have set none. */
export async function readDigest(
  { firestore }: Pick<Deps, 'firestore'>,
  workerId: string,
): Promise<string | undefined> {
  return DuressRecord.safeParse((await firestore.doc(wordOf(workerId)).get()).data()).data?.digest
}

/** Was this derived from the worker's duress word? */
export async function judgeProof(
  deps: Pick<Deps, 'firestore'>,
  workerId: string,
  proof: string,
): Promise<boolean> {
  const digest = await readDigest(deps, workerId)
  return digest !== undefined && isSame(digest, digestOf(proof))
}

export const isSame = (a: string, b: string): boolean =>
  a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b))

/**
 * The call goes to the top, silently: an alarm first, then the urgency. Nothing is written that the worker's page shows.
 *
 * @param cause one alarm for each time that the word was given
 */
export async function raiseDuress(deps: DuressDeps, [callId, call]: FoundCall, cause: string): Promise<void> {
  if (!(await raiseAlarm(deps, { callId, call, kind: 'duress', cause }))) return
  await changeCall(
    deps,
    callId,
    ({ status }) => status === 'ACTIVE',
    (now) => {
      const mark = markAlarmed(`duress_${cause}`, deps.clock.now())(now)
      // Only the first time: a person may have set another urgency since.
      return mark === null ? null : { ...(mark as object), urgency: 'CRITICAL' }
    },
  )
}

/**
 * Looks at the word with which a worker ended their call. The duress word leaves it open, with an alarm; any other ends
 * it, as the worker's page has shown already in both cases.
 */
export async function judgeEnd(
  deps: DuressDeps,
  [callId, call]: FoundCall,
): Promise<'ended' | 'duress' | null> {
  const { end_asked: asked, worker_id } = call
  if (call.status !== 'ACTIVE' || asked?.proof === undefined) return null
  const isStill = (now: CallRecord): boolean =>
    now.status === 'ACTIVE' && now.end_asked?.proof === asked.proof
  if (await judgeProof(deps, worker_id, asked.proof)) {
    await raiseDuress(deps, [callId, call], `end_${asked.at}`)
    await changeCall(deps, callId, isStill, () => ({ end_asked: { at: asked.at } }))
    return 'duress'
  }
  await changeCall(deps, callId, isStill, (now) => {
    const patch = end(worker_id, undefined)(now)
    return patch === null || typeof patch === 'string' ? patch : { ...patch, end_asked: null }
  })
  return 'ended'
}
