import type { ConversationsListResponse } from '@lifeline/functions/contract'
import { useQuery, type UseQueryResult } from '@tanstack/react-query'
import { useServices } from '../api/services.ts'
import { startOfDay } from '../ui/day.ts'
import type { HistoryParams } from './history-params.ts'

/** Conversations of one page. */
const SIZE = 20

/**
 * Ended calls: those of the viewer, for a manager also of their agents, and those that nobody held. Or chats: all that the
 * company has, unless it is said whose.
 */
export function useHistory(
  params: HistoryParams,
  viewerId: string,
): UseQueryResult<ConversationsListResponse> {
  const { client } = useServices()
  const { page = 1, from, to } = params
  const given = {
    ...(params.kind === 'chats' ? chatQuery(params, viewerId) : callQuery(params)),
    from: from && startOfDay(from, 0),
    to: to && startOfDay(to, 1),
  }
  const query = new URLSearchParams({ page: `${page}`, size: `${SIZE}` })
  for (const [name, value] of Object.entries(given))
    if (value !== undefined && value !== '') query.set(name, value)
  return useQuery({
    queryKey: ['history', query.toString()],
    queryFn: ({ signal }) => client.history(query.toString(), signal),
    // Calls do not stand in for chats while those are on their way, nor the other way round.
    placeholderData: (before, last) =>
      last?.queryKey[1]?.includes(`call_type=${given.call_type}`) ? before : undefined,
    networkMode: 'always',
    retry: false,
  })
}

const callQuery = ({ agent, worker, urgency }: HistoryParams) => ({
  call_type: 'emergency',
  status: 'ENDED',
  agent_id: agent,
  worker_id: worker,
  urgency,
  unassigned: agent === undefined ? 'true' : undefined,
})

const chatQuery = ({ whose, status }: HistoryParams, viewerId: string) => ({
  call_type: 'chat',
  status,
  agent_id: whose === 'me' ? viewerId : undefined,
  unassigned: whose === undefined ? 'true' : undefined,
})
