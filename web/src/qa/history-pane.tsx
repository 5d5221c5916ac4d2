import type { SessionListResponse } from '@lifeline/functions/contract'
import { Button, Skeleton, VisuallyHidden } from '@mantine/core'
import { IconMessageQuestion } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { LoadFailure } from '../api/load-failure.tsx'
import { formatClock, formatDay, formatExact } from '../ui/format-time.ts'
import { StateMessage } from '../ui/state-message.tsx'
import { SimulatedMark, StandingBadge } from './badges.tsx'
import { HistoryFilters } from './history-filters.tsx'
import classes from './history-pane.module.css'
import { nameOf } from './portrait.tsx'
import { type SessionParams, isFiltered } from './session-params.ts'
import { useSessions } from './use-sessions.ts'
import { plural } from './words.ts'

export type HistoryPaneProps = {
  params: SessionParams
  onChange: (change: Partial<SessionParams>) => void
  onReset: () => void
  nameAdmin: (adminId: string) => string
}

/** What the company has asked so far. */
export function HistoryPane({ params, onChange, onReset, nameAdmin }: HistoryPaneProps) {
  const { data, error, isFetching, isPlaceholderData, refetch } = useSessions(params)
  const { page = 1 } = params
  return (
    <div className={classes.pane}>
      <div className={classes.head}>
        <h2 className={classes.title}>Sessions</h2>
        <span className={`${classes.counters} numbers`} role="status">
          {data === undefined
            ? error === null && 'Loading…'
            : `${data.active_sessions_count} in progress · ${data.completed_sessions_count} completed`}
        </span>
      </div>
      <HistoryFilters params={params} onChange={onChange} />
      {error !== null ? (
        <div className={classes.state}>
          <LoadFailure
            title="The sessions cannot be loaded"
            error={error}
            onRetry={() => refetch()}
            isRetrying={isFetching}
          />
        </div>
      ) : data === undefined ? (
        <Ghosts />
      ) : data.sessions.length === 0 ? (
        <div className={classes.state}>
          <Nothing params={params} onReset={onReset} />
        </div>
      ) : (
        <ol className={classes.list} aria-label="Sessions" aria-busy={isPlaceholderData}>
          {data.sessions.map((session) => (
            <Row key={session.session_id} session={session} nameAdmin={nameAdmin} />
          ))}
        </ol>
      )}
      {data?.is_partial === true && (
        <p className={`${classes.quiet} ${classes.partial}`} role="status">
          Only the newest sessions were looked through, and there are older ones. Set the dates to reach them.
        </p>
      )}
      {data !== undefined && data.total_pages > 1 && (
        <nav className={classes.pages} aria-label="Pages of sessions">
          <Button
            size="sm"
            variant="default"
            disabled={page <= 1}
            onClick={() => onChange({ page: page - 1 })}
          >
            Back
          </Button>
          <span className="numbers">
            Page {page} of {data.total_pages}, {plural(data.total_count, 'session', 'sessions')}
          </span>
          <Button
            size="sm"
            variant="default"
            disabled={page >= data.total_pages}
            onClick={() => onChange({ page: page + 1 })}
          >
            Next
          </Button>
        </nav>
      )}
    </div>
  )
}

function Nothing({ params, onReset }: Pick<HistoryPaneProps, 'params' | 'onReset'>) {
  return isFiltered(params) ? (
    <StateMessage
      icon={<IconMessageQuestion size={24} />}
      title="No session fits the filters"
      action={
        <Button size="sm" variant="default" onClick={onReset}>
          Show all
        </Button>
      }
    >
      Take some of them away to see more.
    </StateMessage>
  ) : (
    <StateMessage icon={<IconMessageQuestion size={24} />} title="Nothing has been asked yet">
      Write a question, choose who is to answer it, and watch the answers come in here.
    </StateMessage>
  )
}

/** A list is no place for two thousand characters; the session shows all of them. */
const LONGEST = 200
const MOST_NAMED = 3

type Session = SessionListResponse['sessions'][number]

function Row({ session, nameAdmin }: { session: Session; nameAdmin: (adminId: string) => string }) {
  const { question, target_prospects: asked, created_at, total_responded, total_expected } = session
  const letters = Array.from(question)
  const names = asked.slice(0, MOST_NAMED).map(nameOf).join(', ')
  const rest = asked.length > MOST_NAMED ? ` and ${asked.length - MOST_NAMED} more` : ''
  return (
    <li data-row>
      <Link to="/qa/$sessionId" params={{ sessionId: session.session_id }} className={classes.row ?? ''}>
        <span className={classes.line}>
          <StandingBadge session={session} />
          <SimulatedMark />
          <span className={`${classes.quiet} numbers`}>
            {total_responded} of {total_expected} answered
            {session.failed_prospects.length > 0 && `, ${session.failed_prospects.length} could not be asked`}
          </span>
          <time className={`${classes.when} numbers`} dateTime={created_at} title={formatExact(created_at)}>
            {formatDay(created_at, Date.now())}, {formatClock(created_at)}
          </time>
        </span>
        <span className={classes.question} dir="auto">
          {letters.length > LONGEST ? `${letters.slice(0, LONGEST).join('')}…` : question}
        </span>
        <span className={classes.quiet}>
          <bdi>{nameAdmin(session.created_by)}</bdi> asked <bdi>{names}</bdi>
          {rest}
        </span>
      </Link>
    </li>
  )
}

function Ghosts() {
  return (
    <div className={classes.list} aria-busy="true">
      <VisuallyHidden role="status">Loading the sessions</VisuallyHidden>
      {[0, 1, 2, 3, 4].map((row) => (
        <div className={classes.row} key={row} aria-hidden>
          <Skeleton height={20} width="40%" />
          <Skeleton height={20} width="80%" />
          <Skeleton height={16} width="50%" />
        </div>
      ))}
    </div>
  )
}
