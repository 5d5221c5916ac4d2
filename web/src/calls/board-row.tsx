import type { Call } from '@lifeline/functions/contract'
import { Tooltip, VisuallyHidden } from '@mantine/core'
import { formatElapsed, formatExact, spellElapsed } from '../ui/format-time.ts'
import { initialsOf } from '../ui/initials.ts'
import { UrgencyBadge } from '../ui/urgency-badge.tsx'
import { silentSince } from './board.ts'
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

/** One call in one glance: how urgent, who, how long silent, who holds it. */
export function BoardRow({ call, now, holderName, hasNews, isDuress }: BoardRowProps) {
  const silence = now - silentSince(call)
  const age = now - Date.parse(call.started_at)
  const heard =
    call.last_message_at === null
      ? 'Nothing has been written yet'
      : `Last message ${formatExact(call.last_message_at)}`
  return (
    <span className={classes.row}>
      <span className={classes.line}>
        <UrgencyBadge urgency={call.urgency} />
        <span className={classes.who}>
          <bdi>{call.worker_name || call.worker_id}</bdi>
        </span>
        {hasNews && <span className={classes.news}>New</span>}
        <Tooltip label={heard} openDelay={400}>
          <span className={`${classes.silence} numbers`}>
            <span aria-hidden>
              <span className={classes.unit}>silent</span>
              {formatElapsed(silence)}
            </span>
            <VisuallyHidden>silent for {spellElapsed(silence)}</VisuallyHidden>
          </span>
        </Tooltip>
      </span>
      {isDuress && <span className={classes.duress}>Duress: do not call back aloud</span>}
      {call.silence_asked_at !== undefined && (
        <span className={classes.asked}>Asked “Are you OK?”, no answer yet</span>
      )}
      <span className={`${classes.line} ${classes.details} numbers`}>
        <bdi>{call.mobile_no || 'No number'}</bdi>
        <span>{call.medium}</span>
        <Tooltip label={`Started ${formatExact(call.started_at)}`} openDelay={400}>
          <span>
            <VisuallyHidden>started {spellElapsed(age)} ago</VisuallyHidden>
            <span aria-hidden>{formatElapsed(age)} old</span>
          </span>
        </Tooltip>
        <span className={classes.holder}>
          {call.admin_id === null ? (
            <span className={classes.unassigned}>unassigned</span>
          ) : (
            <Tooltip label={`Held by ${holderName ?? call.admin_id}`} openDelay={400}>
              <span className={classes.initials}>
                <span aria-hidden>{initialsOf(holderName ?? call.admin_id)}</span>
                <VisuallyHidden>held by {holderName ?? call.admin_id}</VisuallyHidden>
              </span>
            </Tooltip>
          )}
        </span>
      </span>
    </span>
  )
}
