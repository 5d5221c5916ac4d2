import { ServerValue } from 'firebase-admin/database'
import type { Act, Patch } from '../conversations/change-call.ts'
import type { CallRecord, Urgency } from './schema.ts'

/** The server's own time, set as it writes. */
const NOW = ServerValue.TIMESTAMP

const taken = (uid: string, { takeover }: CallRecord): Patch => ({
  admin_id: uid,
  takeover: takeover + 1,
  taken_over_at: NOW,
  holder_seen_at: NOW,
  transfer: null,
})

const free: Patch = { admin_id: null, taken_over_at: null, holder_seen_at: null, transfer: null }

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

/** The holder has not been there since `lostBefore` (ms since 1970): the call is anybody's again. */
export const loseHolder =
  (lostBefore: number): Act =>
  (call) => {
    if (!isHolderLost(call, lostBefore)) return null
    const { admin_id, takeover } = call
    return { ...free, released: { from: admin_id, takeover, reason: 'holder-lost', at: NOW } }
  }

/** Calls that were taken over by other back ends, which note no presence, are never lost. */
export const isHolderLost = ({ status, admin_id, holder_seen_at }: CallRecord, lostBefore: number): boolean =>
  status === 'ACTIVE' && admin_id !== null && holder_seen_at !== undefined && holder_seen_at < lostBefore

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
