import type { Call, MessageRole } from '@lifeline/functions/contract'
import { VisuallyHidden } from '@mantine/core'
import { formatExact } from '../ui/format-time.ts'
import { initialsOf } from '../ui/initials.ts'
import { UrgencyBadge } from '../ui/urgency-badge.tsx'
import { isUnanswered, silentSince, wroteAt } from './board.ts'
import { BoardClock } from './board-clock.tsx'
import classes from './board-row.module.css'

export type BoardRowProps = {
  call: Call
  /** Of the holder, when it is known. */
  holderName: string | undefined
  hasNews: boolean
  /** The worker has given their duress word. */
  isDuress: boolean
}

/** One call in one glance: how urgent, who, the last words, how long silent, who holds it. */
export function BoardRow({ call, holderName, hasNews, isDuress }: BoardRowProps) {
  const heard = wroteAt(call)
  const holder = holderName ?? call.admin_id
  return (
    <span className={classes.row}>
      <span className={classes.line}>
        <UrgencyBadge urgency={call.urgency} />
        <span className={classes.who}>
          <bdi>{call.worker_name || call.worker_id}</bdi>
        </span>
        {hasNews && <span className={classes.news}>New</span>}
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
      <LastWords call={call} isDuress={isDuress} />
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

/** The line that matters most: what must be known before anything is done, or else what was said last. */
function LastWords({ call, isDuress }: { call: Call; isDuress: boolean }) {
  if (isDuress) {
    return (
      <span className={classes.line}>
        <span className={classes.duress}>Duress: do not call back aloud</span>
      </span>
    )
  }
  if (call.silence_asked_at !== undefined) {
    return <span className={`${classes.line} ${classes.asked}`}>Asked “Are you OK?”, no answer yet</span>
  }
  const { last_words: words } = call
  return (
    <span className={classes.line}>
      {words === undefined ? (
        <span className={classes.words}>
          {call.last_message_at === null ? 'Nothing has been written yet' : ''}
        </span>
      ) : (
        <span className={classes.words} data-unanswered={isUnanswered(call) || undefined} dir="auto">
          {SPEAKER[words.role]}
          {words.text}
        </span>
      )}
    </span>
  )
}
