import type { SearchCoverage, SearchGap } from '@lifeline/functions/contract'
import { Button, Skeleton, VisuallyHidden } from '@mantine/core'
import { IconSearch, IconSearchOff } from '@tabler/icons-react'
import { LoadFailure } from '../api/load-failure.tsx'
import { formatExact } from '../ui/format-time.ts'
import { StateMessage } from '../ui/state-message.tsx'
import { SearchResult } from './search-result.tsx'
import classes from './search.module.css'
import { type Search, nameOf } from './use-search.ts'

/** What a search has found, or why there is nothing. */
export function SearchResults({ search, isAsked }: { search: Search; isAsked: boolean }) {
  const { hits, total, coverage, error, isSearching } = search
  if (!isAsked) {
    return (
      <StateMessage icon={<IconSearch size={24} />} title="Find a message">
        Type a few words. Active and ended calls and chats that you may read are searched; typos and accents
        do not matter.
      </StateMessage>
    )
  }
  if (error && !isSearching) {
    return <LoadFailure title="The search did not work" error={error} onRetry={search.retry} />
  }
  if (hits === undefined) return <ResultsSkeleton />
  return (
    <>
      <div className={classes.summary}>
        <span role="status" className="numbers">
          {isSearching ? 'Searching…' : total === 1 ? '1 message' : `${total} messages`}
        </span>
        {coverage?.complete === false && <span className={classes.partial}>{describeGap(coverage)}</span>}
      </div>
      {hits.length === 0 ? (
        <StateMessage icon={<IconSearchOff size={24} />} title="Nothing found">
          Every word has to be in the message. Try fewer or other words, or take filters away.
        </StateMessage>
      ) : (
        <ol className={classes.hits} aria-label="Messages found">
          {hits.map((hit) => (
            <SearchResult key={nameOf(hit)} hit={hit} onMove={moveResult} />
          ))}
        </ol>
      )}
      {search.hasMore && (
        <div className={classes.more}>
          <Button variant="default" loading={search.isLoadingMore} onClick={search.more}>
            Show more
          </Button>
        </div>
      )}
    </>
  )
}

/** From the field (nothing in focus) to the first, and back to the field from the first. */
export function moveResult(step: 1 | -1): void {
  const results = [...document.querySelectorAll<HTMLElement>('[data-result]')]
  const at = results.findIndex((result) => result === document.activeElement)
  const to = at + step
  if (to < 0) document.querySelector<HTMLElement>('[data-search-field]')?.focus()
  else results[Math.min(to, results.length - 1)]?.focus()
}

const describeGap = ({ calls, chats }: Extract<SearchCoverage, { complete: false }>): string =>
  [calls && describeMissingCalls(calls), chats && describeMissingChats(chats)].filter(Boolean).join(' ')

function describeMissingCalls({ reason, since }: SearchGap): string {
  if (reason === 'loading') {
    return since === null
      ? 'Ended calls are still being read; the list fills up by itself.'
      : `Ended calls from before ${formatExact(since)} are still being read; the list fills up by itself.`
  }
  return since === null
    ? 'Ended calls are too many to be searched. Use the history with its filters.'
    : `Calls that ended before ${formatExact(since)} are not searched. Use the history with its filters.`
}

function describeMissingChats({ reason, since }: SearchGap): string {
  const which = since === null ? 'Chats' : `Chats last written to before ${formatExact(since)}`
  return reason === 'loading'
    ? `${which} are still being read; the list fills up by itself.`
    : `${which} are too many to be searched.`
}

function ResultsSkeleton() {
  return (
    <div aria-busy="true" className={classes.hits}>
      <VisuallyHidden role="status">Searching</VisuallyHidden>
      {[0, 1, 2, 3, 4].map((row) => (
        <div className={classes.hit} key={row} aria-hidden>
          <Skeleton height={20} width="60%" mb={8} />
          <Skeleton height={20} width="90%" />
        </div>
      ))}
    </div>
  )
}
