import { useInfiniteQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useServices } from '../api/services.ts'

/**
 * The latest ended calls, a page at a time. Read again whenever `activeCount`, how many calls go on, has changed: one may
 * have ended.
 */
export function useEndedCalls(activeCount: number | undefined) {
  const { client } = useServices()
  const query = useInfiniteQuery({
    queryKey: ['ended-calls'],
    queryFn: ({ pageParam, signal }) => client.endedCalls(pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    networkMode: 'always',
    retry: false,
  })
  const { refetch } = query
  useEffect(() => void refetch(), [activeCount, refetch])
  return query
}
