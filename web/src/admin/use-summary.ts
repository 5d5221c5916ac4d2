import type { Summary } from '@lifeline/functions/contract'
import { useQuery } from '@tanstack/react-query'
import { useServices } from '../api/services.ts'
import type { ConversationState } from '../conversations/conversation-state.ts'

/** The final summary is made a little after the end; it is asked for so often until it is there, ms. */
const ASK_AGAIN_MS = 5_000

export type SummaryInSight = {
  summary: Summary | null
  isAwaited: boolean
  hasFailed: boolean
  retry: () => void
}

/** The summary of the open conversation: what its stream told while it was active, the final one once it has ended. */
export function useSummary({ call, summary, messages }: ConversationState): SummaryInSight {
  const { client } = useServices()
  const hasEnded = call.status === 'ENDED'
  const final = useQuery({
    queryKey: ['summary', call.conversation_id],
    queryFn: ({ signal }) => client.summary(call.conversation_id, signal),
    enabled: hasEnded && messages.length > 0,
    networkMode: 'always',
    retry: false,
    staleTime: Infinity,
    refetchInterval: ({ state }) =>
      state.data?.is_final === true || state.error !== null ? false : ASK_AGAIN_MS,
  })
  const known = final.data?.is_final === true ? final.data : null
  return {
    summary: hasEnded ? (known ?? summary) : summary,
    isAwaited: messages.length > 0 && (hasEnded ? known === null : summary === null),
    hasFailed: final.isError,
    retry: () => void final.refetch(),
  }
}
