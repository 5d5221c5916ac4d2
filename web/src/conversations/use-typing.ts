import { TYPING_LASTS_MS } from '@lifeline/functions/contract'
import { useCallback, useRef } from 'react'
import { useServices } from '../api/services.ts'

/** Said again while it lasts, well before the last word of it lapses, ms. */
const AGAIN_MS = TYPING_LASTS_MS / 2

/** Tells the worker that the holder is writing: call it with whether they are, at every key. */
export function useTyping(conversationId: string): (isTyping: boolean) => void {
  const { client } = useServices()
  const saidAt = useRef(0)
  return useCallback(
    (isTyping) => {
      const now = Date.now()
      if (isTyping ? now - saidAt.current < AGAIN_MS : saidAt.current === 0) return
      saidAt.current = isTyping ? now : 0
      // It lapses by itself, and the next key says it again: not worth a word to anybody.
      client.setTyping(conversationId, isTyping).catch(() => undefined)
    },
    [client, conversationId],
  )
}
