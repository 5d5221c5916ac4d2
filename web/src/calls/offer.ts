import type { Call } from '@lifeline/functions/contract'
import type { Calls } from './board.ts'

/** Offers that were made to this admin and stand at `now` (ms), the oldest first. */
export function offersTo(calls: Calls | undefined, uid: string, now: number): readonly Call[] {
  return [...(calls?.values() ?? [])]
    .filter(({ transfer }) => transfer?.to === uid && Date.parse(transfer.lapses_at) > now)
    .toSorted((a, b) => lapsesAt(a) - lapsesAt(b))
}

/** How an offer stands for those who look at the call. `lapsed` until the server takes it away, or a new one comes. */
export type OfferState = 'open' | 'lapsed' | 'none'

export const offerState = ({ transfer }: Pick<Call, 'transfer'>, now: number): OfferState =>
  transfer === undefined ? 'none' : Date.parse(transfer.lapses_at) > now ? 'open' : 'lapsed'

const lapsesAt = ({ transfer }: Call): number => Date.parse(transfer?.lapses_at ?? '')
