import { UNREAD_MOST, type MessageRole } from '@lifeline/functions/contract'
import { VisuallyHidden } from '@mantine/core'
import { use } from 'react'
import { formatExact } from '../ui/format-time.ts'
import { initialsOf } from '../ui/initials.ts'
import { UrgencyBadge } from '../ui/urgency-badge.tsx'
import { isUnanswered, silentSince, wroteAt, type BoardCall } from './board.ts'
import { BoardClock, BoardNowContext } from './board-clock.tsx'
import classes from './board-row.module.css'

export type BoardRowProps = {
  call: BoardCall
  /** Of the holder, when it is known. */
  holderName: string | undefined
  /** The worker has given their duress word. */
  isDuress: boolean
}

/** One call in one glance: how urgent, who, their last words, what nobody has read, how long silent, who holds it. */
export function BoardRow({ call, holderName, isDuress }: BoardRowProps) {
  const heard = wroteAt(call)
  const holder = holderName ?? call.admin_id
  return (
    <span className={classes.row}>
      <span className={classes.line}>
        <UrgencyBadge urgency={call.urgency} />
        <span className={classes.who}>
          <bdi>{call.worker_name || call.worker_id}</bdi>
        </span>
        <Unread count={call.unread_count ?? 0} />
        <span
          className={`${classes.silence} numbers`}
          title={heard === null ? 'The worker has not written yet' : `Last wrote ${formatExact(heard)}`}
        >
          <span className={classes.unit} aria-hidden>
            silent
          </span>
          <BoardClock since={silentSince(call)} before="silent for" after="" />
        </span>
      </span>
      <span className={classes.line}>
        <LastWords call={call} isDuress={isDuress} />
        <Since call={call} isDuress={isDuress} />
      </span>
      <span className={`${classes.line} ${classes.details} numbers`}>
        <bdi>{call.mobile_no || 'No number'}</bdi>
        <span className={classes.medium}>{call.medium}</span>
        <span className={classes.age} title={`Started ${formatExact(call.started_at)}`}>
          <BoardClock since={Date.parse(call.started_at)} before="started" after="ago" />
          <span aria-hidden> old</span>
        </span>
        <span className={classes.holder}>
          {holder === null ? (
            <span className={classes.unassigned}>unassigned</span>
          ) : (
            <span className={classes.initials} title={`Held by ${holder}`}>
              <span aria-hidden>{initialsOf(holder)}</span>
              <VisuallyHidden>held by {holder}</VisuallyHidden>
            </span>
          )}
        </span>
      </span>
    </span>
  )
}

const SPEAKER: Record<MessageRole, string> = {
  user: '',
  admin: 'Dispatcher: ',
  assistant: 'Assistant: ',
  system: 'System: ',
}

/** Said behind the worker's words when another has spoken since. */
const ANSWERED: Partial<Record<MessageRole, string>> = { admin: 'Answered', assistant: 'Assistant answered' }

/** What matters most: what must be known before anything is done, or else what the worker said last. */
function LastWords({ call, isDuress }: { call: BoardCall; isDuress: boolean }) {
  if (isDuress) {
    return (
      <span className={classes.words}>
        <span className={classes.duress}>Duress: do not call back aloud</span>
      </span>
    )
  }
  if (call.silence_asked_at !== undefined) {
    return <span className={`${classes.words} ${classes.asked}`}>Asked “Are you OK?”, no answer yet</span>
  }
  const { last_words: last, worker_words: own } = call
  if (own !== undefined) {
    return (
      <span className={classes.words} data-unanswered={isUnanswered(call) || undefined} dir="auto">
        {own.text}
      </span>
    )
  }
  if (last === undefined) {
    return (
      <span className={classes.words}>
        {call.last_message_at === null ? 'Nothing has been written yet' : ''}
      </span>
    )
  }
  return (
    <span className={classes.words} data-unanswered={isUnanswered(call) || undefined}>
      {SPEAKER[last.role]}
      <bdi>{last.text}</bdi>
    </span>
  )
}

/**
 * What has been going on since those words: the worker is writing, or another has spoken. That they are writing lapses by the
 * board's own clock.
 */
function Since({ call, isDuress }: { call: BoardCall; isDuress: boolean }) {
  const now = use(BoardNowContext)
  if ((call.typingUntil ?? 0) <= now) {
    const { last_words: last, worker_words: own } = call
    const answered = own && last && ANSWERED[last.role]
    const isOther = isDuress || call.silence_asked_at !== undefined
    return answered === undefined || isOther ? null : <span className={classes.answered}>{answered}</span>
  }
  return (
    <span className={classes.typing} data-typing>
      <span className={classes.dots} aria-hidden>
        <i />
        <i />
        <i />
      </span>
      writing
    </span>
  )
}

/** How many messages of the worker no dispatcher has had on the screen. */
function Unread({ count }: { count: number }) {
  if (count === 0) return null
  return (
    <span
      className={`${classes.unread} numbers`}
      title="Messages of the worker that no dispatcher has read yet"
    >
      {count >= UNREAD_MOST ? `${UNREAD_MOST - 1}+` : count}
      <VisuallyHidden> unread</VisuallyHidden>
    </span>
  )
}
