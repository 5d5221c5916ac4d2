import { ServerValue } from 'firebase-admin/database'
import { changeCall } from '../conversations/change-call.ts'
import { parseCall } from '../conversations/store.ts'
import type { Deps } from '../deps.ts'
import {
  type LostBefore,
  dropLapsedOffer,
  isHolderLost,
  isHolderMissed,
  isOfferLapsed,
  loseHolder,
  markTold,
  missHolder,
} from './lifecycle.ts'
import type { CallRecord } from './schema.ts'

type SweepDeps = Pick<Deps, 'writes' | 'transactions' | 'firestore' | 'clock' | 'log' | 'config'>

/** A call as the sweep found it. */
export type FoundCall = readonly [callId: string, call: CallRecord]

/** Takes an offer that nobody answered back; true when there was one. */
export async function sweepOffer(deps: SweepDeps, [callId, call]: FoundCall): Promise<boolean> {
  const now = deps.clock.now()
  if (!isOfferLapsed(call, now)) return false
  return (await changeCall(deps, callId, () => true, dropLapsedOffer(now))).kind === 'changed'
}

/**
 * Makes a call anybody's again whose holder has vanished, and is missed since an earlier sweep; true when it was so. The call says so (`released`), for
 * alarms to be raised by; the conversation is told by `tellOfLostHolder`.
 */
export async function sweepHolder(deps: SweepDeps, [callId, call]: FoundCall): Promise<boolean> {
  const { clock, config, log } = deps
  const now = clock.now()
  // Two chances to be noted: after the database was away, holders are there and only not noted yet.
  const before: LostBefore = {
    seen: now - config.holderLostSeconds * 1_000,
    missed: now - 2 * config.holderSeenSeconds * 1_000,
  }
  if (isHolderMissed(call, before)) await changeCall(deps, callId, () => true, missHolder(before))
  if (!isHolderLost(call, before)) return false
  const outcome = await changeCall(deps, callId, () => true, loseHolder(before))
  if (outcome.kind !== 'changed') return false
  log.warn({ callId, adminId: call.admin_id, takeover: call.takeover }, 'holder of a call was lost')
  return true
}

/** Writes into the conversation, once, that its holder was lost; true when it had not been told yet. */
export async function tellOfLostHolder(deps: SweepDeps, [callId, call]: FoundCall): Promise<boolean> {
  const { released, conversation_id } = call
  if (released?.reason !== 'holder-lost' || released.told_at !== undefined) return false
  const name = await nameOf(deps, released.from)
  // The id names the lease, so that a sweep that crashed here and the next one write the same message.
  const id = `system_holder_lost_${released.takeover}`
  const message = {
    role: 'system',
    content: `${name} has lost the connection to this call. Anyone on the team can take it over now.`,
    timestamp: new Date(deps.clock.now()).toISOString(),
    received_at: ServerValue.TIMESTAMP,
    sender_id: 'system',
    sources: '',
  }
  await deps.transactions
    .ref(`active_conversations/${conversation_id}/messages/${id}`)
    .transaction((there: unknown) => (there === null ? message : undefined), undefined, false)
  await changeCall(deps, callId, () => true, markTold(released.takeover))
  return true
}

async function nameOf({ firestore }: SweepDeps, adminId: string): Promise<string> {
  const name: unknown = (await firestore.collection('admins').doc(adminId).get()).get('name')
  return typeof name === 'string' && name !== '' ? name : adminId
}

/** Every call in what a query found that can be read. */
export function readFound(children: Iterable<readonly [string, unknown]>): FoundCall[] {
  return [...children].flatMap(([callId, stored]): FoundCall[] => {
    const call = parseCall(stored)
    return call === undefined ? [] : [[callId, call]]
  })
}
