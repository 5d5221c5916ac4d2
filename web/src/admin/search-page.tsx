import { TextInput, VisuallyHidden } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useNavigate, useSearch as useAddress } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { SearchFilters } from '../search/search-filters.tsx'
import type { SearchParams } from '../search/search-params.ts'
import { moveResult, SearchResults } from '../search/search-results.tsx'
import classes from '../search/search.module.css'
import { useSearch } from '../search/use-search.ts'
import { SEARCH_FIELD } from './keyboard.ts'
import { usePeople } from './people.ts'

/** Typing pauses for so long before it is searched for, ms. */
const PAUSE_MS = 250

/** Finding messages in all calls, active and ended. What is asked stands in the address. */
export function SearchPage() {
  const params = useAddress({ from: '/console/search' })
  const navigate = useNavigate({ from: '/search' })
  const [text, setText] = useState(params.q ?? '')
  const [settled] = useDebouncedValue(text, PAUSE_MS)
  const { colleagues = [] } = usePeople()
  const change = (part: Partial<SearchParams>) =>
    void navigate({ search: (before) => ({ ...before, ...part }), replace: true })
  useEffect(() => {
    change({ q: settled.trim() === '' ? undefined : settled })
  }, [settled])

  const isAsked = (params.q ?? '').trim() !== ''
  const search = useSearch(params)
  const workers = useWorkersSeen(search.hits?.filter((hit) => hit.kind === 'call'))
  return (
    <div className={classes.page}>
      <VisuallyHidden component="h2">Search</VisuallyHidden>
      <form
        className={classes.form}
        role="search"
        onSubmit={(event) => {
          event.preventDefault()
          change({ q: text.trim() === '' ? undefined : text })
        }}
      >
        <TextInput
          id={SEARCH_FIELD}
          data-search-field
          data-autofocus
          autoFocus
          type="search"
          size="md"
          aria-label="Search messages"
          placeholder="Search messages"
          maxLength={200}
          leftSection={<IconSearch size={18} aria-hidden />}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'ArrowDown') return
            event.preventDefault()
            moveResult(1)
          }}
        />
        <SearchFilters params={params} workers={workers} colleagues={colleagues} onChange={change} />
      </form>
      <SearchResults search={search} isAsked={isAsked} />
    </div>
  )
}

/** Everybody who was found while the page is open: whoever narrows to one must be able to choose another. */
function useWorkersSeen(
  hits: readonly { worker_id: string; worker_name: string }[] | undefined,
): ReadonlyMap<string, string> {
  const [seen, setSeen] = useState<ReadonlyMap<string, string>>(new Map())
  const news = hits?.filter(({ worker_id }) => !seen.has(worker_id)) ?? []
  if (news.length > 0) {
    setSeen(new Map([...seen, ...news.map((hit) => [hit.worker_id, hit.worker_name] as const)]))
  }
  return seen
}
