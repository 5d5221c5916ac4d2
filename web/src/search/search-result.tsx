import type { SearchHit } from '@lifeline/functions/contract'
import { Link } from '@tanstack/react-router'
import { formatClock, formatDay, formatExact } from '../ui/format-time.ts'
import { UrgencyBadge } from '../ui/urgency-badge.tsx'
import { MarkedText } from './marked-text.tsx'
import classes from './search.module.css'

/** A message that was found; leads to it in its conversation. */
export function SearchResult({ hit, onMove }: { hit: SearchHit; onMove: (step: 1 | -1) => void }) {
  const { received_at, role, worker_name, admin_name, admin_id, sender_id } = hit
  const speaker =
    role === 'user'
      ? worker_name
      : role === 'admin'
        ? sender_id === admin_id
          ? (admin_name ?? 'Dispatcher')
          : 'Dispatcher'
        : role === 'assistant'
          ? 'Assistant'
          : 'System'
  return (
    <li data-row>
      <Link
        className={classes.hit ?? ''}
        to="/conversations/$conversationId"
        params={{ conversationId: hit.conversation_id }}
        search={{ message: hit.message_id }}
        data-result
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
          event.preventDefault()
          onMove(event.key === 'ArrowDown' ? 1 : -1)
        }}
      >
        <span className={classes.line}>
          <UrgencyBadge urgency={hit.urgency} />
          <bdi className={classes.who}>{worker_name}</bdi>
          <span>{hit.status === 'ACTIVE' ? 'Active call' : 'Ended call'}</span>
          <time className="numbers" dateTime={received_at} title={formatExact(received_at)}>
            {formatDay(received_at, Date.now())}, {formatClock(received_at)}
          </time>
        </span>
        <span className={classes.speaker}>
          <bdi>{speaker}</bdi>:
        </span>
        <MarkedText snippet={hit.snippet} />
      </Link>
    </li>
  )
}
