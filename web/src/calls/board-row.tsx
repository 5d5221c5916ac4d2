import type { Call, MessageRole } from '@lifeline/functions/contract'
import { VisuallyHidden } from '@mantine/core'
import { formatElapsed, formatExact, spellElapsed } from '../ui/format-time.ts'
import { Hint } from '../ui/hint.tsx'
import { initialsOf } from '../ui/initials.ts'
import { UrgencyBadge } from '../ui/urgency-badge.tsx'
import { isUnanswered, silentSince, wroteAt } from './board.ts'
import classes from './board-row.module.css'

export type BoardRowProps = {
  call: Call
  /** Up to when the row is known to be true, ms. */
  now: number
  /** Of the holder, when it is known. */
  holderName: string | undefined
  hasNews: boolean
  /** The worker has given their duress word. */
  isDuress: boolean
}

/** One call in one glance: how urgent, who, the last words, how long silent, who holds it. */
export function BoardRow({ call, now, holderName, hasNews, isDuress }: BoardRowProps) {
  const silence = now - silentSince(call)
  const age = now - Date.parse(call.started_at)
  const heard = wroteAt(call)
  return (
    <span className={classes.row}>
      <span className={classes.line}>
        <UrgencyBadge urgency={call.urgency} />
        <span className={classes.who}>
          <bdi>{call.worker_name || call.worker_id}</bdi>
        </span>
        {hasNews && <span className={classes.news}>New</span>}
        <Hint label={heard === null ? 'The worker has not written yet' : `Last wrote ${formatExact(heard)}`}>
          <span className={`${classes.silence} numbers`}>
            <span aria-hidden>
              <span className={classes.unit}>silent</span>
              {formatElapsed(silence)}
            </span>
            <VisuallyHidden>silent for {spellElapsed(silence)}</VisuallyHidden>
          </span>
        </Hint>
      </span>
      <LastWords call={call} isDuress={isDuress} />
      <span className={`${classes.line} ${classes.details} numbers`}>
        <bdi>{call.mobile_no || 'No number'}</bdi>
        <span className={classes.medium}>{call.medium}</span>
        <Hint label={`Started ${formatExact(call.started_at)}`}>
          <span className={classes.age}>
            <VisuallyHidden>started {spellElapsed(age)} ago</VisuallyHidden>
            <span aria-hidden>{formatElapsed(age)} old</span>
          </span>
        </Hint>
        <span className={classes.holder}>
          {call.admin_id === null ? (
            <span className={classes.unassigned}>unassigned</span>
          ) : (
            <Hint label={`Held by ${holderName ?? call.admin_id}`}>
              <span className={classes.initials}>
                <span aria-hidden>{initialsOf(holderName ?? call.admin_id)}</span>
                <VisuallyHidden>held by {holderName ?? call.admin_id}</VisuallyHidden>
              </span>
            </Hint>
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
