import type { SeenMark } from '@lifeline/functions/contract'
import { formatClock, formatExact } from '../ui/format-time.ts'
import { DetailsSection, type DetailsProps } from './details-section.tsx'
import { usePeople } from './people.ts'
import classes from './sections.module.css'

const SIDES: Record<SeenMark['side'], string> = { worker: 'worker', admin: 'holder', watcher: 'watching' }

/** Who has read how far, with a place for the first one. Watching leaves no mark until something is read to the end. */
export function SeenSection({ conversation, onShowMessage }: DetailsProps) {
  const { nameWorker, nameAdmin } = usePeople()
  const marks = [...conversation.signals.seen.values()].toSorted(
    (a, b) => Date.parse(b.seen_at) - Date.parse(a.seen_at),
  )
  const behind = new Map(
    conversation.messages.map(({ message_id }, at) => [message_id, conversation.messages.length - 1 - at]),
  )
  return (
    <DetailsSection title="Who has seen this">
      <ul className={classes.list}>
        {marks.length === 0 && (
          <li>
            <span className={classes.quiet}>Nobody yet</span>
          </li>
        )}
        {marks.map(({ uid, side, message_id, seen_at }) => (
          <li key={uid} className={classes.seen}>
            <span>
              <bdi>{side === 'worker' ? nameWorker(uid) : nameAdmin(uid)}</bdi>{' '}
              <span className={classes.quiet}>{SIDES[side]}</span>
            </span>
            <button type="button" className={classes.link} onClick={() => onShowMessage(message_id)}>
              {describeReach(behind.get(message_id))}
            </button>
            <time className={`${classes.quiet} numbers`} dateTime={seen_at} title={formatExact(seen_at)}>
              {formatClock(seen_at)}
            </time>
          </li>
        ))}
      </ul>
    </DetailsSection>
  )
}

/** @param behind how many messages came after the last that was seen */
function describeReach(behind: number | undefined): string {
  if (behind === undefined) return 'some'
  return behind === 0 ? 'everything' : `all but ${behind}`
}
