import type { Call } from '@lifeline/functions/contract'
import { Button } from '@mantine/core'
import { IconHistory } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { describeError } from '../api/errors.ts'
import { LoadFailure } from '../api/load-failure.tsx'
import { useEndedCalls } from '../calls/use-ended-calls.ts'
import { formatClock, formatDay, formatElapsed, formatExact } from '../ui/format-time.ts'
import { StateMessage } from '../ui/state-message.tsx'
import { UrgencyBadge } from '../ui/urgency-badge.tsx'
import { BoardSkeleton } from './board-skeleton.tsx'
import classes from './board.module.css'
import { usePeople } from './people.ts'

export type EndedCallsProps = {
  openId: string | undefined
  /** How many calls go on; `undefined` until it is known. */
  activeCount: number | undefined
}

/** The calls that ended last, each leading to its conversation; the others are in the history. */
export function EndedCalls({ openId, activeCount }: EndedCallsProps) {
  const { data, error, isFetching, refetch, hasNextPage, fetchNextPage } = useEndedCalls(activeCount)
  const calls = data?.pages.flatMap((page) => page.calls)
  if (calls === undefined && error === null) return <BoardSkeleton />
  if (calls === undefined) {
    return (
      <LoadFailure
        title="Ended calls cannot be loaded"
        error={error}
        onRetry={() => refetch()}
        isRetrying={isFetching}
      />
    )
  }
  if (calls.length === 0 && !hasNextPage) {
    return (
      <StateMessage icon={<IconHistory size={24} />} title="No call has ended yet">
        Calls appear here when they have ended, with all their messages.
      </StateMessage>
    )
  }
  return (
    <div className={classes.ended}>
      <ol className={classes.list} aria-label="Ended calls">
        {calls.map((call) => (
          <li key={call.conversation_id} data-row={call.call_id}>
            <Link
              className={classes.row ?? ''}
              to="/conversations/$conversationId"
              params={{ conversationId: call.conversation_id }}
              aria-current={call.conversation_id === openId ? 'page' : undefined}
            >
              <EndedRow call={call} />
            </Link>
          </li>
        ))}
      </ol>
      <p className={classes.more}>
        {error !== null && <span role="alert">{describeError(error)}</span>}
        {hasNextPage && (
          <Button size="sm" variant="default" loading={isFetching} onClick={() => void fetchNextPage()}>
            Show earlier ones
          </Button>
        )}
        <Link to="/history">Filter them in the history</Link>
      </p>
    </div>
  )
}

function EndedRow({ call }: { call: Call }) {
  const { nameAdmin } = usePeople()
  const { urgency, worker_name, worker_id, admin_id, started_at, ended_at } = call
  return (
    <span className={classes.endedRow}>
      <span className={classes.endedLine}>
        <UrgencyBadge urgency={urgency} />
        <span className={classes.who}>
          <bdi>{worker_name || worker_id}</bdi>
        </span>
        {ended_at !== undefined && (
          <time className="numbers" dateTime={ended_at} title={formatExact(ended_at)}>
            {formatDay(ended_at, Date.now()) === 'Today' ? '' : `${formatDay(ended_at, Date.now())}, `}
            {formatClock(ended_at)}
          </time>
        )}
      </span>
      <span className={`${classes.endedLine} ${classes.quiet} numbers`}>
        {ended_at !== undefined && (
          <span>lasted {formatElapsed(Date.parse(ended_at) - Date.parse(started_at))}</span>
        )}
        <bdi>{admin_id === null ? 'taken by nobody' : nameAdmin(admin_id)}</bdi>
      </span>
    </span>
  )
}
