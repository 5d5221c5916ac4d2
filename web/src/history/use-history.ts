import type { ConversationsListResponse } from '@lifeline/functions/contract'
import { keepPreviousData, useQuery, type UseQueryResult } from '@tanstack/react-query'
import { useServices } from '../api/services.ts'
import { startOfDay } from '../ui/day.ts'
import type { HistoryParams } from './history-params.ts'

/** Calls of one page. */
const SIZE = 20

/** Ended calls: those of the viewer, for a manager also of their agents, and those that nobody held. */
export function useHistory(params: HistoryParams): UseQueryResult<ConversationsListResponse> {
  const { client } = useServices()
  const { page = 1, agent, worker, urgency, from, to } = params
  const given = {
    agent_id: agent,
    worker_id: worker,
    urgency,
    from: from && startOfDay(from, 0),
    to: to && startOfDay(to, 1),
  }
  const query = new URLSearchParams({
    call_type: 'emergency',
    status: 'ENDED',
    page: `${page}`,
    size: `${SIZE}`,
    ...(agent === undefined && { unassigned: 'true' }),
  })
  for (const [name, value] of Object.entries(given))
    if (value !== undefined && value !== '') query.set(name, value)
  return useQuery({
    queryKey: ['history', query.toString()],
    queryFn: ({ signal }) => client.history(query.toString(), signal),
    placeholderData: keepPreviousData,
    networkMode: 'always',
    retry: false,
  })
}
