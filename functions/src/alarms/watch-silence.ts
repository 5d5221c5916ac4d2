import type { FoundCall } from '../calls/lost-holders.ts'
import type { CallRecord } from '../calls/schema.ts'
import { changeCall } from '../conversations/change-call.ts'
import type { Deps } from '../deps.ts'
import { hearWorker } from './alarm-acts.ts'
import { judgeProof, raiseDuress } from './duress.ts'
import { type Signs, readSigns } from './signs-of-life.ts'
import { ask, checkIdOf, hear, isLookDue, markAlarmed, silentSince } from './silence.ts'
import { type AlarmDeps, alarmIdOf, changeAlarm, raiseAlarm } from './store.ts'

export type WatchDeps = AlarmDeps & Pick<Deps, 'writes' | 'transactions' | 'config'>

/** The steps of the watch; a test stops the process at each of them. */
export type WatchStep = 'noted' | 'asked' | 'raised'
export type OnWatchStep = (step: WatchStep) => Promise<void>
const goOn: OnWatchStep = () => Promise.resolve()

const isActive = (call: CallRecord): boolean => call.status === 'ACTIVE'

/**
 * The watch over one call's silence: after the span of its urgency without a sign of life the worker is asked, once,
 * and when the time to answer has passed an alarm is raised, once. Each step may be repeated, by several at once too.
 *
 * @returns what was done last; null: nothing was due
 * @throws when a database does not answer, and another attempt could help.
 */
export async function watchSilence(
  deps: WatchDeps,
  [callId, call]: FoundCall,
  onStep: OnWatchStep = goOn,
): Promise<'heard' | 'asked' | 'raised' | null> {
  const { clock, config } = deps
  const now = clock.now()
  if (!isLookDue(call, now, config.watch)) return null
  const signs = await readSigns(deps, call)
  const since = silentSince(call)
  if ((signs.heardAt ?? 0) > since) {
    await takeIn(deps, [callId, call], signs)
    return 'heard'
  }
  let asked = call.silence?.asked_at
  if (asked === undefined) {
    const outcome = await changeCall(deps, callId, isActive, ask(since, now))
    if (outcome.kind !== 'changed') return null
    asked = now
    await onStep('noted')
  }
  const checkId = checkIdOf(since)
  if (signs.hasConversation && signs.check?.id !== checkId) {
    await putQuestion(deps, call, {
      id: checkId,
      asked_at: now,
      answer_by: now + config.watch.answer * 1_000,
    })
    await onStep('asked')
    return 'asked'
  }
  if (now < (signs.check?.answer_by ?? asked + config.watch.answer * 1_000)) return null
  const mark = `silence_${checkId}`
  if (call.alarmed?.[mark] !== undefined) return null
  const cause = { callId, call, kind: 'silence', cause: checkId } as const
  const isRaised = await raiseAlarm(deps, { ...cause, silentSince: since, lastContactAt: signs.contactAt })
  if (!isRaised) return null
  await onStep('raised')
  await changeCall(deps, callId, isActive, markAlarmed(mark, now))
  return 'raised'
}

/** The question on the worker's page; only the one that asks first writes it. */
async function putQuestion(
  { transactions }: WatchDeps,
  { conversation_id }: CallRecord,
  question: { id: string; asked_at: number; answer_by: number },
): Promise<void> {
  await transactions
    .ref(`active_conversations/${conversation_id}/check`)
    .transaction(
      (there: { id?: unknown } | null) => (there?.id === question.id ? undefined : question),
      undefined,
      false,
    )
}

/** The worker was heard of: by a message, or by an answer, whose word is looked at before anything else. */
async function takeIn(deps: WatchDeps, [callId, call]: FoundCall, { heardAt, check }: Signs): Promise<void> {
  const at = heardAt ?? 0
  const proof = check?.answer?.proof
  if (proof !== undefined && (await judgeProof(deps, call.worker_id, proof))) {
    await raiseDuress(deps, [callId, call], `answer_${check?.id}`)
  }
  const checkId = call.silence?.check_id
  if (checkId !== undefined && call.alarmed?.[`silence_${checkId}`] !== undefined) {
    await changeAlarm(deps, alarmIdOf({ callId, kind: 'silence', cause: checkId }), hearWorker(at))
  }
  await changeCall(deps, callId, isActive, hear(at))
  if (check === undefined) return
  // Its word is not kept. Only this question: another may have been put meanwhile.
  await deps.transactions
    .ref(`active_conversations/${call.conversation_id}/check`)
    .transaction(
      (there: { id?: unknown } | null) => (there === null || there.id === check.id ? null : undefined),
      undefined,
      false,
    )
}
