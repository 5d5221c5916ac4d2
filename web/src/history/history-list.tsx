import type { ConversationsResponse } from '@lifeline/functions/contract'
import { Link } from '@tanstack/react-router'
import { Fragment } from 'react'
import { formatClock, formatDay, formatElapsed, formatExact } from '../ui/format-time.ts'
import { UrgencyBadge } from '../ui/urgency-badge.tsx'
import classes from './history.module.css'

export type HistoryListProps = { label: string; conversations: readonly ConversationsResponse[] }

/** Conversations, each leading to its messages. */
export function HistoryList({ label, conversations }: HistoryListProps) {
  return (
    <ol className={classes.list} aria-label={label}>
      {conversations.map((conversation) => (
        <li key={conversation.id} data-row>
          {conversation.chat_id !== undefined ? (
            <Link
              className={`${classes.row} ${classes.chat}`}
              to="/chats/$chatKey"
              params={{ chatKey: conversation.id }}
            >
              <ChatRow conversation={conversation} />
            </Link>
          ) : conversation.call_type === 'chat' ? (
            <div className={`${classes.row} ${classes.chat}`}>
              <ChatRow conversation={conversation} />
            </div>
          ) : (
            <Link
              className={classes.row ?? ''}
              to="/conversations/$conversationId"
              params={{ conversationId: conversation.id }}
            >
              <Row conversation={conversation} />
            </Link>
          )}
        </li>
      ))}
    </ol>
  )
}

/** Also of what was only noted as a chat (spec 3), and has no messages. */
function ChatRow({ conversation }: { conversation: ConversationsResponse }) {
  const { id, chat_id, title, status, started_at, participants = [], total_messages } = conversation
  return (
    <>
      <span className={classes.who}>
        <bdi>{chat_id ?? title ?? id}</bdi>
      </span>
      <span className={classes.quiet}>
        {participants.map(({ name, id: writer }, at) => (
          <Fragment key={writer ?? name}>
            {at > 0 && ', '}
            <bdi>{name}</bdi>
          </Fragment>
        ))}
      </span>
      <span className={`${classes.quiet} numbers`}>{started_at !== null && <Moment at={started_at} />}</span>
      <span className={`${classes.quiet} numbers`}>
        {status === 'ACTIVE' ? 'Active' : 'Ended'} · {countMessages(total_messages ?? 0)}
      </span>
    </>
  )
}

const countMessages = (count: number): string => `${count} ${count === 1 ? 'message' : 'messages'}`

const Moment = ({ at }: { at: string }) => (
  <time dateTime={at} title={formatExact(at)}>
    {formatDay(at, Date.now())}, {formatClock(at)}
  </time>
)

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
      <span className={`${classes.quiet} numbers`}>{started_at !== null && <Moment at={started_at} />}</span>
      <span className={`${classes.quiet} numbers`}>
        {lasted !== null && `lasted ${formatElapsed(lasted)}`}
        {total_messages !== undefined && ` · ${countMessages(total_messages)}`}
      </span>
    </>
  )
}
