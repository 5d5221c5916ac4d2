import { useEffect, useState } from 'react'
import { useServices } from '../api/services.ts'
import { SeenSender } from './seen-sender.ts'

export type SeenOptions = {
  /** Must not change. */
  conversationId: string
  /** Only who holds the call tells the worker so; to watch leaves no mark. */
  isHolder: boolean
  /** The last message that was on the screen, read to the end. */
  read: string | null
  /** The viewer's mark as the server has it. */
  marked: string | undefined
}

/** Marks how far the holder of the call has read. */
export function useSeen({ conversationId, isHolder, read, marked }: SeenOptions): void {
  const { client } = useServices()
  const [sender] = useState(
    () =>
      new SeenSender({
        send: (messageId) => client.markSeen(conversationId, messageId),
        delay: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
      }),
  )
  useEffect(() => {
    sender.want(isHolder && read !== null && read !== marked ? read : undefined)
  }, [sender, isHolder, read, marked])
  useEffect(() => () => sender.want(undefined), [sender])
}
