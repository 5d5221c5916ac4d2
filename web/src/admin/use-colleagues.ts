import type { Colleague } from '@lifeline/functions/contract'
import { useQuery } from '@tanstack/react-query'
import { useServices } from '../api/services.ts'

/** Somebody who was hired a moment ago is known within this time, ms. */
const FRESH_MS = 5 * 60_000
const RETRY_MS = 10_000

/** The admins of the own company; `undefined` until they have been read. */
export function useColleagues(): readonly Colleague[] | undefined {
  const { client } = useServices()
  return useQuery({
    queryKey: ['admins'],
    queryFn: ({ signal }) => client.admins(signal),
    staleTime: FRESH_MS,
    refetchInterval: (query) => (query.state.data === undefined ? RETRY_MS : FRESH_MS),
    retry: false,
    networkMode: 'always',
  }).data
}
