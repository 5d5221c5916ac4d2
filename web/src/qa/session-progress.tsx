import { Progress, VisuallyHidden } from '@mantine/core'
import { useNow } from '../ui/use-now.ts'
import { type LiveSession, isActive, progressOf } from './session-state.ts'
import classes from './session-progress.module.css'
import { useEstimate } from './use-estimate.ts'
import { FAILURE_WORDS, plural, sayAbout, sayFailure } from './words.ts'

/** How far a session is: a bar, the same in words, and who could not be asked. */
export function SessionProgress({ known }: { known: LiveSession }) {
  const now = useNow()
  const { session } = known
  const estimate = useEstimate(session.session_id)
  const { responded, failed, total, seconds_left } = progressOf(known, now)
  const done = responded + failed
  const active = isActive(session.status)
  const failure = sayFailure(session)
  return (
    <div className={classes.progress}>
      <Progress.Root size={8} transitionDuration={0}>
        <Progress.Section
          value={share(responded, total)}
          aria-label={`${responded} of ${total} have answered`}
        />
        {failed > 0 && (
          <Progress.Section
            value={share(failed, total)}
            color="var(--high)"
            aria-label={`${failed} of ${total} could not be asked`}
          />
        )}
      </Progress.Root>
      <p className={`${classes.words} numbers`}>
        <strong>
          {responded} of {total} answered
        </strong>
        {failed > 0 && ` · ${failed} could not be asked`}
        {active && ` · ${timeLeft(done, total, seconds_left, estimate)}`}
        {!active && session.cancelled_at !== null && ' · cancelled, what is answered is kept'}
        {failure !== null && failed < total && ` · ${failure}`}
      </p>
      {/* A word at every quarter; one at every answer would drown everything else. */}
      <VisuallyHidden role="status">
        {active
          ? `${Math.floor(share(done, total) / 25) * 25} percent are done`
          : `The session has ended; ${plural(responded, 'answer is', 'answers are')} there`}
      </VisuallyHidden>
      {session.failed_prospects.length > 0 && (
        <details className={classes.failed}>
          <summary>{plural(session.failed_prospects.length, 'person', 'people')} could not be asked</summary>
          <ul>
            {session.failed_prospects.map(({ lead_id, full_name, reason }) => (
              <li key={lead_id}>
                <bdi>{full_name || lead_id}</bdi>: {FAILURE_WORDS[reason]}
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  )
}

const share = (count: number, total: number): number => (total === 0 ? 0 : (count / total) * 100)

/** Before the first answer what the pace of earlier sessions promised, then this session's own pace. */
function timeLeft(done: number, total: number, left: number | null, estimate: number | null): string {
  if (done >= total) return 'the summary is being written'
  if (left !== null) return left > 0 ? `${sayAbout(left)} left` : 'longer than estimated'
  if (done > 0) return 'no pace to judge by yet'
  return estimate === null
    ? 'waiting for the first answer'
    : `${sayAbout(estimate)} in all, by the pace of earlier sessions`
}
