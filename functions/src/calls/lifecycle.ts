import { ServerValue } from 'firebase-admin/database'
import type { CallRecord, Urgency } from './schema.ts'

/** Fields of `active_calls/{call_id}` to write; null takes one away. */
export type Patch = Readonly<Record<string, unknown>>

/**
 * What an act does to a call that the policy allows it on, as a pure function of the call as it is. Null: it is so
 * already, which makes every act safe to repeat. `lapsed`: an offer that stands no more.
 */
export type Act = (call: CallRecord) => Patch | null | 'lapsed'

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

const isOfferOpen = ({ transfer }: CallRecord, now: number): boolean =>
  transfer !== undefined && now < transfer.lapses_at
