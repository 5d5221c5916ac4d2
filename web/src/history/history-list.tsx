import type { ConversationsResponse } from '@lifeline/functions/contract'
import { Link } from '@tanstack/react-router'
import { formatClock, formatDay, formatElapsed, formatExact } from '../ui/format-time.ts'
import { UrgencyBadge } from '../ui/urgency-badge.tsx'
import classes from './history.module.css'

/** Ended calls, each leading to its conversation. */
export function HistoryList({ conversations }: { conversations: readonly ConversationsResponse[] }) {
  return (
    <ol className={classes.list} aria-label="Ended calls">
      {conversations.map((conversation) => (
        <li key={conversation.id} data-row>
          <Link
            className={classes.row ?? ''}
            to="/conversations/$conversationId"
            params={{ conversationId: conversation.id }}
          >
            <Row conversation={conversation} />
          </Link>
        </li>
      ))}
    </ol>
  )
}

function Row({ conversation }: { conversation: ConversationsResponse }) {
  const { urgency, worker_name, title, agent_name, started_at, ended_at, total_messages } = conversation
  const lasted =
    started_at !== null && ended_at !== null ? Date.parse(ended_at) - Date.parse(started_at) : null
  return (
    <>
      <span className={classes.urgency}>{urgency && <UrgencyBadge urgency={urgency} />}</span>
      <span className={classes.who}>
        <bdi>{worker_name ?? conversation.id}</bdi>
        {title !== undefined && <bdi className={classes.title}>{title}</bdi>}
      </span>
      <span className={classes.quiet}>
        {agent_name === null ? 'Taken by nobody' : <bdi>{agent_name}</bdi>}
      </span>
      <span className={`${classes.quiet} numbers`}>
        {started_at !== null && (
          <time dateTime={started_at} title={formatExact(started_at)}>
            {formatDay(started_at, Date.now())}, {formatClock(started_at)}
          </time>
        )}
      </span>
      <span className={`${classes.quiet} numbers`}>
        {lasted !== null && `lasted ${formatElapsed(lasted)}`}
        {total_messages !== undefined &&
          ` · ${total_messages} ${total_messages === 1 ? 'message' : 'messages'}`}
      </span>
    </>
  )
}
