import { Link } from '@tanstack/react-router'
import { use } from 'react'
import { offersTo } from '../calls/offer.ts'
import { formatElapsed } from '../ui/format-time.ts'
import { UrgencyBadge } from '../ui/urgency-badge.tsx'
import { useNow } from '../ui/use-now.ts'
import classes from './offer-banner.module.css'
import { CallsContext, usePeople } from './people.ts'

/** Calls that colleagues offer, wherever in the console one is; answered in the conversation itself. */
export function OfferBanner({ openId }: { openId: string | undefined }) {
  const { me, nameAdmin } = usePeople()
  const now = useNow()
  const offers = offersTo(use(CallsContext), me.uid, now).filter((call) => call.conversation_id !== openId)
  return (
    <div className={classes.offers} role="status">
      {offers.map((call) => (
        <p key={call.call_id} className={classes.offer}>
          <UrgencyBadge urgency={call.urgency} />
          <span>
            <bdi>{nameAdmin(call.transfer?.by ?? '')}</bdi> offers you the call with{' '}
            <bdi>{call.worker_name}</bdi>
          </span>
          <span className="numbers" aria-hidden>
            {formatElapsed(Date.parse(call.transfer?.lapses_at ?? '') - now)} left
          </span>
          <Link to="/conversations/$conversationId" params={{ conversationId: call.conversation_id }}>
            Open it
          </Link>
        </p>
      ))}
    </div>
  )
}
