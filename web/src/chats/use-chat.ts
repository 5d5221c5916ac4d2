import type { ConversationsResponse } from '@lifeline/functions/contract'
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { ApiError } from '../api/errors.ts'
import { useServices } from '../api/services.ts'
import { useChatApi } from './chat-api.ts'

/** Chats tell nobody that somebody has written: it is looked so often, ms. */
const LOOK_MS = 15_000

export type Chat = {
  /** The id that it was stored under, and how many messages it has; `undefined` until somebody has looked. */
  known: { chatId: string; count: number } | undefined
  /** What is said of it besides its messages; `undefined` while that is not known. */
  record: ConversationsResponse | undefined
  /** Why the last look did not work; null when it did. */
  error: unknown
  isLooking: boolean
  /** When it was last seen as it is, ms. */
  lookedAt: number
  look: () => void
}

/** Whether there is no such chat, or none that the viewer may read. */
export const isUnknown = (error: unknown): boolean => error instanceof ApiError && error.status === 404

/** A chat by its key, looked at again while it is on the screen. */
export function useChat(chatKey: string): Chat {
  const api = useChatApi()
  const { client } = useServices()
  const queries = useQueryClient()
  const seen = useQuery({
    queryKey: ['chat', chatKey, 'look'],
    queryFn: async ({ signal }) => {
      try {
        return await api.look(chatKey, signal)
      } catch (error) {
        // Deleted: whatever may begin under its key again is another one.
        if (isUnknown(error)) queries.removeQueries({ queryKey: ['chat', chatKey, 'page'] })
        throw error
      }
    },
    refetchInterval: ({ state }) => (isUnknown(state.error) ? false : LOOK_MS),
    networkMode: 'always',
    retry: false,
  })
  const count = seen.data?.count
  const record = useQuery({
    queryKey: ['chat', chatKey, 'record', count],
    queryFn: ({ signal }) => client.conversationRecord(chatKey, signal),
    enabled: count !== undefined,
    placeholderData: keepPreviousData,
    networkMode: 'always',
    retry: false,
  })
  return {
    known: isUnknown(seen.error) ? undefined : seen.data,
    record: record.data,
    error: seen.error,
    isLooking: seen.isFetching,
    lookedAt: seen.dataUpdatedAt,
    look: () => void seen.refetch(),
  }
}
