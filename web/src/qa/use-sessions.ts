import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useQaApi } from './qa-api.ts'
import { type SessionParams, toSessionQuery } from './session-params.ts'
import { isActive } from './session-state.ts'

/** While something in the list is still going on it is read again so often, ms. */
const REFRESH_MS = 5_000

/** A page of the company's sessions. */
export function useSessions(params: SessionParams) {
  const api = useQaApi()
  const query = toSessionQuery(params).toString()
  return useQuery({
    queryKey: ['qa-sessions', query],
    queryFn: ({ signal }) => api.sessions(new URLSearchParams(query), signal),
    placeholderData: keepPreviousData,
    networkMode: 'always',
    retry: false,
    refetchInterval: ({ state }) =>
      state.data?.sessions.some(({ status }) => isActive(status)) ? REFRESH_MS : false,
  })
}
