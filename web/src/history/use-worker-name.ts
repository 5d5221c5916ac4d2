import { useQuery } from '@tanstack/react-query'
import { useCallback } from 'react'
import { useServices } from '../api/services.ts'

/**
 * Names workers as `nameKnown` does, and the worker of this conversation also when nobody on the screen knows them.
 *
 * @param isUnknown whether its call is not on the board: it has ended, or is another's
 */
export function useWorkerName(
  conversationId: string,
  nameKnown: (workerId: string) => string,
  isUnknown: boolean,
): (workerId: string) => string {
  const { client } = useServices()
  const { data } = useQuery({
    queryKey: ['conversation-record', conversationId],
    queryFn: ({ signal }) => client.conversationRecord(conversationId, signal),
    enabled: isUnknown,
    networkMode: 'always',
    retry: false,
    staleTime: Infinity,
  })
  return useCallback(
    (workerId) => {
      const known = nameKnown(workerId)
      return known === workerId && data?.worker_id === workerId ? (data.worker_name ?? known) : known
    },
    [nameKnown, data],
  )
}
