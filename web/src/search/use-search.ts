import type { SearchCoverage, SearchHit } from '@lifeline/functions/contract'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useServices } from '../api/services.ts'
import { toQuery, type SearchParams } from './search-params.ts'

/** While older conversations are still being read the search is repeated, ms. */
const AGAIN_MS = 3_000

export type Search = {
  /** `undefined` until an answer has come. No message twice. */
  hits: readonly SearchHit[] | undefined
  total: number
  coverage: SearchCoverage | undefined
  error: unknown
  isSearching: boolean
  hasMore: boolean
  isLoadingMore: boolean
  more: () => void
  retry: () => void
}

/** Names a message among all that are found; a chat's own id may be that of a call too. */
export const nameOf = (hit: SearchHit): string => `${hit.kind}/${hit.conversation_id}/${hit.message_id}`

/** The messages for what was asked; nothing is asked for an empty query. */
export function useSearch(params: SearchParams): Search {
  const { client } = useServices()
  const query = toQuery(params).toString()
  const isAsked = (params.q ?? '').trim() !== ''
  const result = useInfiniteQuery({
    queryKey: ['search', query],
    queryFn: ({ pageParam, signal }) => client.searchMessages(query, pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next_cursor }) => next_cursor ?? undefined,
    enabled: isAsked,
    placeholderData: keepPreviousData,
    networkMode: 'always',
    retry: false,
    refetchOnWindowFocus: false,
    refetchInterval: ({ state: { data } }) => {
      const coverage = data?.pages[0]?.coverage
      const gaps = coverage?.complete === false ? [coverage.calls, coverage.chats] : []
      return gaps.some((gap) => gap?.reason === 'loading') ? AGAIN_MS : false
    },
  })
  const pages = isAsked ? result.data?.pages : undefined
  const hits = new Map(pages?.flatMap((page) => page.hits.map((hit) => [nameOf(hit), hit] as const)))
  return {
    hits: pages && [...hits.values()],
    total: pages?.[0]?.total ?? 0,
    coverage: pages?.[0]?.coverage,
    error: isAsked ? result.error : null,
    isSearching: isAsked && result.isFetching,
    hasMore: result.hasNextPage,
    isLoadingMore: result.isFetchingNextPage,
    more: () => void result.fetchNextPage(),
    retry: () => void result.refetch(),
  }
}
