import { ConversationEvents } from '@lifeline/functions/contract'
import { useServices } from '../api/services.ts'
import { useLive, type Live } from '../api/use-live.ts'
import { applyConversationInput, type ConversationState } from './conversation-state.ts'

/** A conversation as it happens. Give the component that calls it the conversation's id as `key`. */
export function useConversation(conversationId: string): Live<ConversationState> {
  const { client } = useServices()
  return useLive({
    id: conversationId,
    open: (request) => client.openConversation(conversationId, request),
    events: ConversationEvents,
    reduce: applyConversationInput,
    readSnapshot: (signal) => client.conversation(conversationId, signal),
    reduceSnapshot: (state, data, now) => applyConversationInput(state, { event: 'snapshot', data }, now),
  })
}
