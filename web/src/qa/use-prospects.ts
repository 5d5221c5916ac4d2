import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useQaApi } from './qa-api.ts'
import { type ProspectFilter, toProspectQuery } from './prospect-query.ts'

export const PROSPECTS_PER_PAGE = 50
export const PROSPECTS_KEY = 'qa-prospects'

/** A page of the company's prospects, and how many of each classification a search finds. */
export function useProspects(filter: ProspectFilter, page: number) {
  const api = useQaApi()
  const query = toProspectQuery(filter)
  query.set('page', `${page}`)
  query.set('page_size', `${PROSPECTS_PER_PAGE}`)
  return useQuery({
    queryKey: [PROSPECTS_KEY, query.toString()],
    queryFn: ({ signal }) => api.prospects(query, signal),
    placeholderData: keepPreviousData,
    networkMode: 'always',
    retry: false,
    staleTime: 30_000,
  })
}
