import type { MediaAttachment, Message } from '@lifeline/functions/contract'
import { createContext, use, useEffect, useMemo, useSyncExternalStore } from 'react'
import { withoutStored, type Replies, type Reply } from './replies.ts'

/** What the dispatcher has written, for all conversations. */
export const RepliesContext = createContext<Replies | undefined>(undefined)

export type ConversationReplies = {
  /** What does not stand in the conversation yet, in order. */
  waiting: readonly Reply[]
  write: (content: string, attachment?: MediaAttachment) => void
  resend: (key: string) => void
  discard: (key: string) => void
}

/** The replies of one conversation. `lease` is the takeover under which the viewer holds the call. */
export function useReplies(
  conversationId: string,
  messages: readonly Message[],
  lease: number | undefined,
): ConversationReplies {
  const replies = use(RepliesContext)
  if (replies === undefined) throw new Error('used outside of RepliesContext')
  const written = useSyncExternalStore(replies.subscribe, () => replies.of(conversationId))
  const waiting = useMemo(() => withoutStored(written, messages), [written, messages])
  useEffect(() => replies.confirm(conversationId, messages), [replies, conversationId, messages])
  const acts = useMemo(
    () => ({
      write: (content: string, attachment?: MediaAttachment) =>
        replies.write(conversationId, content, lease, attachment),
      resend: (key: string) => replies.resend(conversationId, key, lease),
      discard: (key: string) => replies.discard(conversationId, key),
    }),
    [replies, conversationId, lease],
  )
  return { waiting, ...acts }
}
