import { useEffect, useState } from 'react'
import { useServices } from '../api/services.ts'
import { SeenSender } from './seen-sender.ts'

export type SeenOptions = {
  /** Must not change. */
  conversationId: string
  /** Only who holds the call tells the worker so; who watches leaves a mark for the team alone. */
  isHolder: boolean
  /** Whether there are messages that nobody of the team has seen. */
  hasUnread: boolean
  /** The last message that was on the screen, read to the end. */
  read: string | null
  /** The viewer's mark as the server has it. */
  marked: string | undefined
}

/** How long who only watches leaves it to others to say that the team has read a message, ms. */
const WATCHER_WAITS_MS = 1_500

/**
 * Marks how far the holder of the call has read. Of those who only watch the first to have read what nobody has tells the
 * team, so that a hundred of them do not all write the same.
 */
export function useSeen({ conversationId, isHolder, hasUnread, read, marked }: SeenOptions): void {
  const { client } = useServices()
  const [sender] = useState(
    () =>
      new SeenSender({
        send: (messageId) => client.markSeen(conversationId, messageId),
        delay: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
      }),
  )
  const isNews = read !== null && read !== marked
  useEffect(() => {
    sender.want(isHolder && isNews ? read : undefined)
    if (isHolder || !hasUnread || !isNews) return undefined
    const timer = setTimeout(() => sender.want(read), WATCHER_WAITS_MS)
    return () => clearTimeout(timer)
  }, [sender, isHolder, hasUnread, read, isNews])
  useEffect(() => () => sender.want(undefined), [sender])
}
