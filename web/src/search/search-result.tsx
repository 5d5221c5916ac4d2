import type { CallHit, ChatHit, SearchHit } from '@lifeline/functions/contract'
import { Link } from '@tanstack/react-router'
import type { KeyboardEvent } from 'react'
import { formatClock, formatDay, formatExact } from '../ui/format-time.ts'
import { UrgencyBadge } from '../ui/urgency-badge.tsx'
import { MarkedText } from './marked-text.tsx'
import classes from './search.module.css'

type ResultProps<H> = { hit: H; onMove: (step: 1 | -1) => void }

/** A message that was found. */
export const SearchResult = ({ hit, onMove }: ResultProps<SearchHit>) =>
  hit.kind === 'call' ? <CallResult hit={hit} onMove={onMove} /> : <ChatResult hit={hit} onMove={onMove} />

const moveBy = (onMove: (step: 1 | -1) => void) => (event: KeyboardEvent) => {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
  event.preventDefault()
  onMove(event.key === 'ArrowDown' ? 1 : -1)
}

const ReceivedAt = ({ at }: { at: string }) => (
  <time className="numbers" dateTime={at} title={formatExact(at)}>
    {formatDay(at, Date.now())}, {formatClock(at)}
  </time>
)

/** Leads to the message in its chat. */
function ChatResult({ hit, onMove }: ResultProps<ChatHit>) {
  const { conversation_id, chat_key, message_id, status, sender_name, received_at, snippet } = hit
  return (
    <li data-row>
      <Link
        className={classes.hit ?? ''}
        to="/chats/$chatKey"
        params={{ chatKey: chat_key }}
        search={{ message: message_id }}
        data-result
        onKeyDown={moveBy(onMove)}
      >
        <span className={classes.line}>
          <bdi className={classes.who}>{conversation_id}</bdi>
          <span>{status === 'ACTIVE' ? 'Active chat' : 'Ended chat'}</span>
          <ReceivedAt at={received_at} />
        </span>
        <span className={classes.speaker}>
          <bdi>{sender_name ?? 'Somebody'}</bdi>:
        </span>
        <MarkedText snippet={snippet} />
      </Link>
    </li>
  )
}

/** Leads to the message in its conversation. */
function CallResult({ hit, onMove }: ResultProps<CallHit>) {
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
        onKeyDown={moveBy(onMove)}
      >
        <span className={classes.line}>
          <UrgencyBadge urgency={hit.urgency} />
          <bdi className={classes.who}>{worker_name}</bdi>
          <span>{hit.status === 'ACTIVE' ? 'Active call' : 'Ended call'}</span>
          <ReceivedAt at={received_at} />
        </span>
        <span className={classes.speaker}>
          <bdi>{speaker}</bdi>:
        </span>
        <MarkedText snippet={hit.snippet} />
      </Link>
    </li>
  )
}
