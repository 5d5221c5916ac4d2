import type { Call } from '@lifeline/functions/contract'
import { Button } from '@mantine/core'
import { useEffect, useState } from 'react'
import { formatElapsed } from '../ui/format-time.ts'
import { useNow } from '../ui/use-now.ts'
import { offerState } from './offer.ts'
import classes from './offer-line.module.css'

export type OfferLineProps = {
  call: Pick<Call, 'transfer' | 'admin_id' | 'call_id'>
  /** Who is looking. */
  viewerId: string
  nameAdmin: (adminId: string) => string
  isBusy: boolean
  onAccept: (callId: string) => void
  /** Declines, or for the holder takes the offer back. */
  onDecline: (callId: string) => void
}

/** How the offer to hand this call over stands: to be answered, waited for, or gone. */
export function OfferLine({ call, viewerId, nameAdmin, isBusy, onAccept, onDecline }: OfferLineProps) {
  const now = useNow()
  const [last, setLast] = useState(call.transfer)
  const [gone, setGone] = useState<string | null>(null)
  const { transfer, admin_id, call_id } = call
  useEffect(() => {
    if (transfer !== undefined) {
      setLast(transfer)
      setGone(null)
    } else if (last?.by === viewerId && admin_id === viewerId) {
      // Not told apart by the server: who declines does it before the moment, the server only after it.
      const hasLapsed = Date.now() >= Date.parse(last.lapses_at)
      setGone(hasLapsed ? 'did not answer in time' : 'did not take the call')
    } else setGone(null)
    // `last` is what stood before; only a change of the offer itself is news.
  }, [transfer, admin_id, viewerId])

  const state = offerState(call, now)
  if (state === 'none' && (gone === null || last === undefined)) return null
  const offer = transfer ?? last
  if (offer === undefined) return null
  const isMine = offer.to === viewerId
  const left = formatElapsed(Date.parse(offer.lapses_at) - now)
  if (state !== 'open') {
    if (admin_id !== viewerId) return null
    return (
      <p className={classes.line} role="status">
        <span>
          <bdi>{nameAdmin(offer.to)}</bdi> {gone ?? 'did not answer in time'}. You still hold it.
        </span>
        {state === 'none' && (
          <Button size="compact-sm" variant="default" onClick={() => setGone(null)}>
            All right
          </Button>
        )}
      </p>
    )
  }
  return (
    <p className={classes.line} data-asks={isMine || undefined}>
      <span role="status">
        {isMine ? (
          <>
            <bdi>{nameAdmin(offer.by)}</bdi> offers you this call
          </>
        ) : (
          <>
            Offered to <bdi>{nameAdmin(offer.to)}</bdi>
          </>
        )}
      </span>
      <span className="numbers">{left} left</span>
      {isMine && (
        <Button size="compact-sm" disabled={isBusy} onClick={() => onAccept(call_id)}>
          Accept
        </Button>
      )}
      {(isMine || admin_id === viewerId) && (
        <Button size="compact-sm" variant="default" disabled={isBusy} onClick={() => onDecline(call_id)}>
          {isMine ? 'Decline' : 'Take the offer back'}
        </Button>
      )}
    </p>
  )
}
