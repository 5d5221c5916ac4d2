import { chatTimeOf, type ChatMessage } from '@lifeline/functions/contract'
import type { MessageWindow } from '../conversations/message-window.ts'
import type { Placed } from '../conversations/timeline.ts'
import { PAGE_SIZE } from './chat-api.ts'

/** A message of a chat as it is placed among the others: by its own time, for there is no other that people are shown. */
export type PlacedMessage = ChatMessage & Placed

export const placeMessage = (message: ChatMessage, isDispatcher: boolean): PlacedMessage => ({
  ...message,
  role: isDispatcher ? 'admin' : 'user',
  sender_id: message.user_id,
  received_at: new Date(chatTimeOf(message.timestamp)).toISOString(),
})

/** Which pages hold the messages of a window, of so many in all. */
export function pagesOf({ from, to }: MessageWindow, count: number): number[] {
  const first = Math.floor(from / PAGE_SIZE) + 1
  const last = Math.max(first, Math.ceil((to ?? count) / PAGE_SIZE))
  return Array.from({ length: last - first + 1 }, (_, at) => first + at)
}

/** How many messages a page has, of so many in all. */
export const lengthOfPage = (page: number, count: number): number =>
  Math.max(0, Math.min(PAGE_SIZE, count - (page - 1) * PAGE_SIZE))

/** What is to be drawn of a window: messages in a row, and where some are missing. */
export type Stretch =
  | { kind: 'messages'; key: string; messages: readonly PlacedMessage[] }
  | { kind: 'missing'; key: string; page: number }

/**
 * @param pages what is known of each, in order; `undefined`: not loaded
 */
export function stretchesOf(
  pages: readonly { page: number; messages: readonly PlacedMessage[] | undefined; hasFailed: boolean }[],
  { from, to }: MessageWindow,
): Stretch[] {
  const stretches: Stretch[] = []
  for (const { page, messages, hasFailed } of pages) {
    if (messages === undefined) {
      if (hasFailed) stretches.push({ kind: 'missing', key: `missing-${page}`, page })
      continue
    }
    const start = (page - 1) * PAGE_SIZE
    const drawn = messages.slice(Math.max(0, from - start), to === null ? undefined : Math.max(0, to - start))
    const last = stretches.at(-1)
    if (last?.kind === 'messages') last.messages = [...last.messages, ...drawn]
    else if (drawn.length > 0) stretches.push({ kind: 'messages', key: `from-${page}`, messages: drawn })
  }
  return stretches
}
