import type { Message } from '@lifeline/functions/contract'
import { Button } from '@mantine/core'
import { IconCloudOff, IconLock } from '@tabler/icons-react'
import { useCallback } from 'react'
import { LiveWords } from '../api/live-words.tsx'
import { StateMessage } from '../ui/state-message.tsx'
import { ConversationHeader } from './conversation-header.tsx'
import classes from './conversation-pane.module.css'
import { ConversationSkeleton } from './conversation-skeleton.tsx'
import { MessageList } from './message-list.tsx'
import { useConversation } from './use-conversation.ts'

export type ConversationPaneProps = {
  conversationId: string
  nameWorker: (workerId: string) => string
  /** For a call that came without a number; empty when it is not known. */
  numberOfWorker: (workerId: string) => string
  nameAdmin: (adminId: string) => string
}

/** One conversation, live. Needs its id as `key`. */
export function ConversationPane({
  conversationId,
  nameWorker,
  numberOfWorker,
  nameAdmin,
}: ConversationPaneProps) {
  const { data, stream, standin, retry } = useConversation(conversationId)
  const workerId = data?.call.worker_id
  const nameSpeaker = useCallback(
    ({ role, sender_id }: Message) => {
      if (role === 'user') return nameWorker(sender_id ?? workerId ?? '')
      if (role === 'admin') return sender_id === null ? 'Dispatcher' : nameAdmin(sender_id)
      return role === 'assistant' ? 'Assistant' : 'System'
    },
    [nameWorker, nameAdmin, workerId],
  )

  if (stream.status === 'denied') {
    return (
      <StateMessage icon={<IconLock size={24} />} title="This conversation cannot be shown" isAlert>
        {stream.refusal} It may be held by another dispatcher, or it has ended. Choose another call from the
        board.
      </StateMessage>
    )
  }
  if (data === undefined) {
    if (stream.lostSince === null || stream.failures === 0) return <ConversationSkeleton />
    return (
      <StateMessage
        icon={<IconCloudOff size={24} />}
        title="The conversation cannot be loaded"
        action={
          <Button size="sm" onClick={retry}>
            Try now
          </Button>
        }
      >
        <LiveWords stream={stream} standin={standin} />
        <br />
        We keep trying by ourselves.
      </StateMessage>
    )
  }

  const hasEnded = data.call.status === 'ENDED'
  return (
    <article className={classes.root} aria-label={`Conversation with ${nameWorker(data.call.worker_id)}`}>
      <ConversationHeader
        call={data.call}
        mobileNo={data.call.mobile_no || numberOfWorker(data.call.worker_id)}
        workerName={nameWorker(data.call.worker_id)}
        holderName={data.call.admin_id === null ? null : nameAdmin(data.call.admin_id)}
        connection={<LiveWords stream={stream} standin={standin} />}
        total={data.messages.length}
      />
      <div className={classes.body}>
        <MessageList conversation={data} nameSpeaker={nameSpeaker} nameAdmin={nameAdmin} />
        {stream.status !== 'live' && stream.status !== 'ended' && (
          <p className={classes.stale}>
            <span>Not live. Newer messages may exist.</span>
            <button type="button" onClick={retry}>
              Try now
            </button>
          </p>
        )}
      </div>
      {hasEnded && <p className={classes.ended}>This call has ended. Nothing more will come.</p>}
    </article>
  )
}
