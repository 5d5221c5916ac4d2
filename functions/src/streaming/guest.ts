import { networkOf } from '../platform/network.ts'

/** A reader without a token, where there may be such (DESIGN 3). They are counted by where they come from. */
export interface Guest {
  kind: 'guest'
  /** No person can have this one. */
  uid: string
  /** They have nothing that could end. */
  expiresAt: number
}

export const guestFrom = (address: string | undefined): Guest => ({
  kind: 'guest',
  uid: `~${networkOf(address ?? 'unknown')}`,
  expiresAt: Infinity,
})
