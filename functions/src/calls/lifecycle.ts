import { ServerValue } from 'firebase-admin/database'
import type { Patch } from '../conversations/call-events.ts'
import type { Act } from '../conversations/change-call.ts'
import type { CallRecord, Urgency } from './schema.ts'

/** The server's own time, set as it writes. */
const NOW = ServerValue.TIMESTAMP

const taken = (uid: string, { takeover }: CallRecord): Patch => ({
  admin_id: uid,
  takeover: takeover + 1,
  taken_over_at: NOW,
  holder_seen_at: NOW,
  holder_missed_at: null,
  transfer: null,
})

const free: Patch = {
  admin_id: null,
  taken_over_at: null,
  holder_seen_at: null,
  holder_missed_at: null,
  transfer: null,
}

export const takeOver =
  (uid: string): Act =>
  (call) =>
    call.admin_id === uid ? null : taken(uid, call)

/** Hands a call back to nobody. `told_at` is the server's business: only a vanished holder is told of. */
export const release =
  (uid: string): Act =>
  ({ admin_id, takeover }) =>
    admin_id === null
      ? null
      : { ...free, released: { from: admin_id, takeover, by: uid, reason: 'released', at: NOW } }

/** Since when a holder has to have been away, and missed, for the call to be lost to them; ms since 1970. */
export interface LostBefore {
  seen: number
  missed: number
}

/** The holder has not been there for long: the call is anybody's again. */
export const loseHolder =
  (before: LostBefore): Act =>
  (call) => {
    if (!isHolderLost(call, before)) return null
    const { admin_id, takeover } = call
    return { ...free, released: { from: admin_id, takeover, reason: 'holder-lost', at: NOW } }
  }

/** Notes that the holder is missed. They have a while to be seen, for after an outage of ours everybody looks away. */
export const missHolder =
  (before: LostBefore): Act =>
  (call) =>
    isHolderMissed(call, before) ? { holder_missed_at: NOW } : null

export const isHolderLost = (call: CallRecord, before: LostBefore): boolean =>
  isHolderAway(call, before) && call.holder_missed_at !== undefined && call.holder_missed_at < before.missed

export const isHolderMissed = (call: CallRecord, before: LostBefore): boolean =>
  isHolderAway(call, before) && call.holder_missed_at === undefined

/** Calls that were taken over by other back ends, which note no presence, are never lost. */
const isHolderAway = ({ status, admin_id, holder_seen_at }: CallRecord, { seen }: LostBefore): boolean =>
  status === 'ACTIVE' && admin_id !== null && holder_seen_at !== undefined && holder_seen_at < seen

/** The call stays with its holder, so that who may read it afterwards does not change. */
export const end =
  (uid: string, reason: string | undefined): Act =>
  ({ status }) =>
    status === 'ENDED'
      ? null
      : {
          status: 'ENDED',
          ended_at: NOW,
          ended_by: uid,
          transfer: null,
          ...(reason !== undefined && { end_reason: reason }),
        }

export const setUrgency =
  (uid: string, urgency: Urgency, reason: string): Act =>
  (call) =>
    call.urgency === urgency
      ? null
      : { urgency, urgency_changed: { from: call.urgency, by: uid, at: NOW, reason } }

/** @param lapsesAt ms since 1970 */
export const offer =
  (uid: string, to: string, lapsesAt: number): Act =>
  () => ({ transfer: { to, by: uid, at: NOW, lapses_at: lapsesAt } })

export const acceptOffer =
  (uid: string, now: number): Act =>
  (call) => {
    if (call.admin_id === uid) return null
    return isOfferOpen(call, now) && call.transfer?.to === uid ? taken(uid, call) : 'lapsed'
  }

/** Declined by whom it was made to, or taken back by the holder. */
export const dropOffer: Act = ({ transfer }) => (transfer === undefined ? null : { transfer: null })

export const dropLapsedOffer =
  (now: number): Act =>
  (call) =>
    isOfferLapsed(call, now) ? { transfer: null } : null

export const isOfferLapsed = (call: CallRecord, now: number): boolean =>
  call.transfer !== undefined && !isOfferOpen(call, now)

const isOfferOpen = ({ transfer }: CallRecord, now: number): boolean =>
  transfer !== undefined && now < transfer.lapses_at

/** The conversation of a call whose holder was lost has been told. */
export const markTold =
  (lease: number): Act =>
  ({ released }) =>
    released === undefined || released.takeover !== lease || released.told_at !== undefined
      ? null
      : { released: { ...released, told_at: NOW } }
