import { ChatPage, ChatSummary, ChatSummaryPending, type SummaryType } from '@lifeline/functions/contract'
import { useMemo } from 'react'
import { z } from 'zod'
import type { ApiClient } from '../api/client.ts'
import { ApiError } from '../api/errors.ts'
import { jsonPost } from '../api/http.ts'
import { useServices } from '../api/services.ts'

/** Messages of one page: as many as the API gives at once. */
export const PAGE_SIZE = 100

/** A summary, or that it is being made. */
export type SummaryAnswer = ChatSummary | ChatSummaryPending
const Answer = z.union([ChatSummaryPending, ChatSummary])

/** Spec 2 as the console uses it. Every method throws as `readReply` does. */
export class ChatApi {
  readonly #client: ApiClient

  constructor(client: ApiClient) {
    this.#client = client
  }

  /** The messages of a page, from 1 on, in their order. Older ones never change. */
  page(chatKey: string, page: number, signal: AbortSignal): Promise<ChatPage> {
    return this.#read(chatKey, { page, limit: PAGE_SIZE }, signal)
  }

  /** Its own id, and how many messages there are: as many as pages of one. */
  async look(chatKey: string, signal: AbortSignal): Promise<{ chatId: string; count: number }> {
    const { conversation_id, total_pages } = await this.#read(chatKey, { page: 1, limit: 1 }, signal)
    return { chatId: conversation_id, count: total_pages }
  }

  /** The last summary that was asked for; null when none ever was. */
  async summary(chatKey: string, type: SummaryType, signal: AbortSignal): Promise<SummaryAnswer | null> {
    const path = `/chats/${encodeURIComponent(chatKey)}/summary?summary_type=${type}`
    try {
      return await this.#client.read(path, Answer, { signal })
    } catch (error) {
      if (error instanceof ApiError && error.code === 'summary_not_found') return null
      throw error
    }
  }

  /** Asks for a summary of the chat as it is now, and waits for none that has to be made. */
  summarize(chatKey: string, type: SummaryType): Promise<SummaryAnswer> {
    const body = { conversation_id: chatKey, summary_type: type }
    return this.#client.read('/chats/summarize', Answer, jsonPost(body, { prefer: 'respond-async' }))
  }

  #read(chatKey: string, query: { page: number; limit: number }, signal: AbortSignal): Promise<ChatPage> {
    const path = `/chats/${encodeURIComponent(chatKey)}?page=${query.page}&limit=${query.limit}`
    return this.#client.read(path, ChatPage, { signal })
  }
}

export function useChatApi(): ChatApi {
  const { client } = useServices()
  return useMemo(() => new ChatApi(client), [client])
}
