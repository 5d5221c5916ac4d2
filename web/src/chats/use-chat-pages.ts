import { useQueries } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import type { MessageWindow } from '../conversations/message-window.ts'
import { useChatApi } from './chat-api.ts'
import { lengthOfPage, pagesOf } from './chat-pages.ts'

/** How long pages that are not on the screen are kept, ms. */
const KEPT_MS = 5 * 60_000

/** The pages of a chat that a window shows. A full page never changes; the last one is read again when it has grown. */
export function useChatPages(chatKey: string, window: MessageWindow, count: number) {
  const api = useChatApi()
  const numbers = pagesOf(window, count)
  const results = useQueries({
    queries: numbers.map((page) => ({
      queryKey: ['chat', chatKey, 'page', page],
      queryFn: async ({ signal }: { signal: AbortSignal }) =>
        (await api.page(chatKey, page, signal)).messages,
      staleTime: Infinity,
      gcTime: KEPT_MS,
      networkMode: 'always' as const,
      retry: false,
    })),
  })
  /** For which number of messages each page was read again: once, whatever came of it. */
  const readFor = useRef(new Map<number, number>())
  useEffect(() => {
    for (const [at, page] of numbers.entries()) {
      const result = results[at]
      const isBehind = result?.data !== undefined && result.data.length < lengthOfPage(page, count)
      if (!isBehind || result.isFetching || readFor.current.get(page) === count) continue
      readFor.current.set(page, count)
      void result.refetch()
    }
  })
  return {
    pages: numbers.map((page, at) => ({
      page,
      messages: results[at]?.data,
      hasFailed: results[at]?.isError === true && !results[at].isFetching,
    })),
    isLoading: results.some(({ isFetching }) => isFetching),
    isWhole: results.every(({ data }) => data !== undefined),
    retry: (page: number) => void results[numbers.indexOf(page)]?.refetch(),
  }
}
