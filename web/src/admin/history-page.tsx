import { Button, SegmentedControl, Skeleton, VisuallyHidden } from '@mantine/core'
import { IconHistory } from '@tabler/icons-react'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { LoadFailure } from '../api/load-failure.tsx'
import { HistoryList } from '../history/history-list.tsx'
import type { HistoryParams } from '../history/history-params.ts'
import classes from '../history/history.module.css'
import { useHistory } from '../history/use-history.ts'
import { StateMessage } from '../ui/state-message.tsx'
import { CallFilters, ChatFilters } from './history-filters.tsx'
import { usePeople } from './people.ts'

const WORDS = {
  calls: {
    one: 'ended call',
    many: 'ended calls',
    list: 'Ended calls',
    none: 'No call has ended yet',
    noneFits: 'No ended call fits the filters',
    comes: 'Calls of yours appear here when they have ended, with all their messages.',
  },
  chats: {
    one: 'chat',
    many: 'chats',
    list: 'Chats',
    none: 'There is no chat yet',
    noneFits: 'No chat fits the filters',
    comes: 'Chats that your company’s programs store appear here, while they go on and afterwards.',
  },
} as const

/**
 * What was talked about: calls that have ended (the viewer's own, for a manager those of their agents too, and those that
 * nobody took), or the company's chats.
 */
export function HistoryPage() {
  const params = useSearch({ from: '/console/history' })
  const navigate = useNavigate({ from: '/history' })
  const { me } = usePeople()
  const { data, error, isFetching, isPlaceholderData, refetch } = useHistory(params, me.uid)
  const change = (part: Partial<HistoryParams>) =>
    void navigate({ search: (before) => ({ ...before, page: undefined, ...part }), replace: true })
  const { kind = 'calls', page = 1, ...filters } = params
  const words = WORDS[kind]
  const showAll = () => void navigate({ search: kind === 'chats' ? { kind } : {} })
  const isFiltered = Object.values(filters).some((value) => value !== undefined)
  const total = data?.pagination.totalItems
  return (
    <div className={classes.page}>
      <div className={classes.head}>
        <h2 className={classes.heading}>History</h2>
        <SegmentedControl
          className={classes.kinds ?? ''}
          size="xs"
          aria-label="What is listed"
          value={kind}
          // What narrows the one means nothing to the other, but for the days.
          onChange={(value) =>
            void navigate({
              search: ({ from, to }) => ({ ...(value === 'chats' && { kind: value }), from, to }),
            })
          }
          data={[
            { value: 'calls', label: 'Calls' },
            { value: 'chats', label: 'Chats' },
          ]}
        />
        <span role="status" className="numbers">
          {isFetching
            ? 'Loading…'
            : total === undefined
              ? ''
              : `${total} ${total === 1 ? words.one : words.many}`}
        </span>
        <Link to="/search" search={kind === 'chats' ? {} : { status: 'ENDED' }}>
          Search what was written
        </Link>
      </div>
      {kind === 'chats' ? (
        <ChatFilters params={params} onChange={change} />
      ) : (
        <CallFilters params={params} conversations={data?.conversations} onChange={change} />
      )}
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
          title={isFiltered ? words.noneFits : words.none}
          action={
            isFiltered && (
              <Button size="sm" variant="default" onClick={showAll}>
                Show all
              </Button>
            )
          }
        >
          {isFiltered ? 'Take some of them away to see more.' : words.comes}
        </StateMessage>
      ) : (
        <div aria-busy={isPlaceholderData}>
          <HistoryList label={words.list} conversations={data.conversations} />
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
