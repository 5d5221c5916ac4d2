import { Urgency, type ConversationsResponse } from '@lifeline/functions/contract'
import { Button, NativeSelect, Skeleton, TextInput, VisuallyHidden } from '@mantine/core'
import { IconHistory } from '@tabler/icons-react'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { LoadFailure } from '../api/load-failure.tsx'
import { HistoryList } from '../history/history-list.tsx'
import type { HistoryParams } from '../history/history-params.ts'
import classes from '../history/history.module.css'
import { useHistory } from '../history/use-history.ts'
import { StateMessage } from '../ui/state-message.tsx'
import { URGENCY_WORDS } from '../ui/urgency-badge.tsx'
import { usePeople } from './people.ts'

/** Calls that have ended: the viewer's own, for a manager those of their agents too, and those that nobody took. */
export function HistoryPage() {
  const params = useSearch({ from: '/console/history' })
  const navigate = useNavigate({ from: '/history' })
  const { data, error, isFetching, isPlaceholderData, refetch } = useHistory(params)
  const change = (part: Partial<HistoryParams>) =>
    void navigate({ search: (before) => ({ ...before, page: undefined, ...part }), replace: true })
  const { page = 1, agent, worker, urgency, from, to } = params
  const isFiltered = [agent, worker, urgency, from, to].some((value) => value !== undefined)
  const total = data?.pagination.totalItems
  return (
    <div className={classes.page}>
      <div className={classes.head}>
        <h2 className={classes.heading}>History</h2>
        <span role="status" className="numbers">
          {isFetching
            ? 'Loading…'
            : total === undefined
              ? ''
              : `${total} ended ${total === 1 ? 'call' : 'calls'}`}
        </span>
        <Link to="/search" search={{ status: 'ENDED' }}>
          Search what was written
        </Link>
      </div>
      <HistoryFilters params={params} people={usePeopleListed(data?.conversations)} onChange={change} />
      {error !== null ? (
        <LoadFailure
          title="The history cannot be loaded"
          error={error}
          onRetry={() => refetch()}
          isRetrying={isFetching}
        />
      ) : data === undefined ? (
        <HistorySkeleton />
      ) : data.conversations.length === 0 ? (
        <StateMessage
          icon={<IconHistory size={24} />}
          title={isFiltered ? 'No ended call fits the filters' : 'No call has ended yet'}
          action={
            isFiltered && (
              <Button size="sm" variant="default" onClick={() => void navigate({ search: {} })}>
                Show all
              </Button>
            )
          }
        >
          {isFiltered
            ? 'Take some of them away to see more.'
            : 'Calls of yours appear here when they have ended, with all their messages.'}
        </StateMessage>
      ) : (
        <div aria-busy={isPlaceholderData}>
          <HistoryList conversations={data.conversations} />
        </div>
      )}
      {data !== undefined && data.pagination.totalPages > 1 && (
        <nav className={classes.pages} aria-label="Pages of the history">
          <Button variant="default" disabled={page <= 1} onClick={() => change({ page: page - 1 })}>
            Newer
          </Button>
          <span className="numbers">
            Page {page} of {data.pagination.totalPages}
          </span>
          <Button
            variant="default"
            disabled={page >= data.pagination.totalPages}
            onClick={() => change({ page: page + 1 })}
          >
            Older
          </Button>
        </nav>
      )}
    </div>
  )
}

type HistoryFiltersProps = {
  params: HistoryParams
  people: PeopleListed
  onChange: (change: Partial<HistoryParams>) => void
}

function HistoryFilters({ params, people, onChange }: HistoryFiltersProps) {
  const { me, nameAdmin } = usePeople()
  const pick = (name: keyof HistoryParams) => (event: { currentTarget: { value: string } }) =>
    onChange({ [name]: event.currentTarget.value || undefined })
  const workers = withChosen(people.workers, params.worker, (id) => id)
  const agents = withChosen(people.agents, params.agent, nameAdmin)
  return (
    <div className={classes.filters} role="group" aria-label="Filters">
      <NativeSelect
        label="Dispatcher"
        value={params.agent ?? ''}
        onChange={pick('agent')}
        data={[
          { value: '', label: me.role === 'manager' ? 'Team, nobody' : 'Me, nobody' },
          ...[...agents].map(([value, label]) => ({ value, label })),
        ]}
      />
      <NativeSelect
        label="Worker"
        value={params.worker ?? ''}
        onChange={pick('worker')}
        data={[{ value: '', label: 'Anybody' }, ...[...workers].map(([value, label]) => ({ value, label }))]}
      />
      <NativeSelect
        label="Urgency"
        value={params.urgency ?? ''}
        onChange={pick('urgency')}
        data={[
          { value: '', label: 'Any' },
          ...Urgency.options.map((value) => ({ value, label: URGENCY_WORDS[value] })),
        ]}
      />
      <TextInput label="Started from" type="date" value={params.from ?? ''} onChange={pick('from')} />
      <TextInput label="Started to" type="date" value={params.to ?? ''} onChange={pick('to')} />
    </div>
  )
}

/** Names by id. */
type Names = ReadonlyMap<string, string>
type PeopleListed = { workers: Names; agents: Names }

/** Everybody on a page that was shown: whoever narrows to one must be able to choose another. */
function usePeopleListed(conversations: readonly ConversationsResponse[] | undefined): PeopleListed {
  const [seen, setSeen] = useState<PeopleListed>({ workers: new Map(), agents: new Map() })
  const workers = namesNew(seen.workers, conversations, ({ worker_id, worker_name }) => [
    worker_id,
    worker_name,
  ])
  const agents = namesNew(seen.agents, conversations, ({ agent_id, agent_name }) => [agent_id, agent_name])
  if (workers !== seen.workers || agents !== seen.agents) setSeen({ workers, agents })
  return seen
}

/** The same map when nobody is new. */
function namesNew(
  seen: Names,
  conversations: readonly ConversationsResponse[] = [],
  entry: (conversation: ConversationsResponse) => [string | null | undefined, string | null | undefined],
): Names {
  const news = conversations.flatMap((conversation) => {
    const [id, name] = entry(conversation)
    return id && !seen.has(id) ? [[id, name || id] as const] : []
  })
  return news.length === 0 ? seen : new Map([...seen, ...news])
}

/** What the address has chosen can be seen as chosen, also before anything was listed. */
const withChosen = (names: Names, id: string | undefined, nameOf: (id: string) => string): Names =>
  id === undefined || names.has(id) ? names : new Map([...names, [id, nameOf(id)]])

function HistorySkeleton() {
  return (
    <div aria-busy="true" className={classes.list}>
      <VisuallyHidden role="status">Loading the history</VisuallyHidden>
      {[0, 1, 2, 3, 4, 5].map((row) => (
        <div className={classes.row} key={row} aria-hidden>
          <Skeleton height={20} width="80%" />
          <Skeleton height={20} width="60%" />
        </div>
      ))}
    </div>
  )
}
