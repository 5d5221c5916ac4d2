import type { ChatSummary, SummaryType } from '@lifeline/functions/contract'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type SummaryAnswer, useChatApi } from '../chats/chat-api.ts'

/** How often it is looked whether a summary that is being made is there, ms. */
const LOOK_MS = 2_000

type State = {
  /** The last one that is known; null: none. */
  made: ChatSummary | null
  /** Since when another is being made, as far as we know, ms; null: none is. */
  pendingSince: number | null
}

export type ChatSummaryInSight = State & {
  isLoading: boolean
  /** Why it could not be read or asked for; null: it could. */
  error: unknown
  isAsking: boolean
  /** Asks for one of all messages that there are now. */
  ask: () => void
  retry: () => void
}

/** A chat's summary: the last that was asked for, and a new one when somebody wants it. Reading costs nothing. */
export function useChatSummary(chatKey: string, type: SummaryType): ChatSummaryInSight {
  const api = useChatApi()
  const queries = useQueryClient()
  const queryKey = ['chat-summary', chatKey, type]
  const take = (answer: SummaryAnswer | null): State => {
    const before = queries.getQueryData<State>(queryKey)
    if (answer !== null && 'status' in answer) {
      return { made: before?.made ?? null, pendingSince: before?.pendingSince ?? Date.now() }
    }
    return { made: answer, pendingSince: null }
  }
  const found = useQuery({
    queryKey,
    queryFn: async ({ signal }) => take(await api.summary(chatKey, type, signal)),
    refetchInterval: ({ state }) =>
      state.data?.pendingSince !== null && state.data !== undefined && state.error === null ? LOOK_MS : false,
    networkMode: 'always',
    retry: false,
  })
  const asked = useMutation({
    mutationFn: () => api.summarize(chatKey, type),
    onSuccess: (answer) => queries.setQueryData<State>(queryKey, take(answer)),
    networkMode: 'always',
  })
  return {
    made: found.data?.made ?? null,
    pendingSince: found.data?.pendingSince ?? null,
    isLoading: found.isPending,
    error: asked.error ?? found.error,
    isAsking: asked.isPending,
    ask: () => asked.mutate(),
    retry: () => {
      asked.reset()
      void found.refetch()
    },
  }
}
