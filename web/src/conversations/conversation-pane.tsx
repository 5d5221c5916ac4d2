import type { Message } from '@lifeline/functions/contract'
import { Button, CloseButton } from '@mantine/core'
import { IconAlertCircle, IconCloudOff, IconLock } from '@tabler/icons-react'
import { useCallback, useState, type ReactNode } from 'react'
import { LiveWords } from '../api/live-words.tsx'
import type { Live } from '../api/use-live.ts'
import { StateMessage } from '../ui/state-message.tsx'
import { ConversationHeader } from './conversation-header.tsx'
import classes from './conversation-pane.module.css'
import type { CallFacts, ConversationState } from './conversation-state.ts'
import { ConversationSkeleton } from './conversation-skeleton.tsx'
import { MessageList } from './message-list.tsx'
import { ReplyComposer } from './reply-composer.tsx'
import type { MessageTarget } from './use-target.ts'
import { TypingLine } from './typing-line.tsx'
import { useReplies } from './use-replies.ts'
import { useSeen } from './use-seen.ts'
import { useTyping } from './use-typing.ts'

const NONE: readonly Message[] = []

export type ConversationPaneProps = {
  conversationId: string
  live: Live<ConversationState>
  /** The message to bring into sight. */
  target: MessageTarget | undefined
  /** Who is looking. */
  viewerId: string
  /** The takeover under which the call is held, when it is known. */
  lease: number | undefined
  /** Whether the worker has written what nobody of the team has seen. */
  hasUnread: boolean
  /** Whether the viewer has just taken the call over. */
  hasTakenOver: boolean
  nameWorker: (workerId: string) => string
  /** For a call that came without a number; empty when it is not known. */
  numberOfWorker: (workerId: string) => string
  nameAdmin: (adminId: string) => string
  /** Why something that was asked for was not done. */
  notice: string | null
  onNoticeRead: () => void
  /** How an offer to hand the call over stands. */
  offer: ReactNode
  /** What stands in the header's corner. */
  corner: ReactNode
  /** What may be done with the call. */
  renderActions: (call: CallFacts) => ReactNode
}

/** One conversation, live. Needs its id as `key`. */
export function ConversationPane(props: ConversationPaneProps) {
  const { conversationId, live, target, viewerId, lease, hasUnread, hasTakenOver } = props
  const { nameWorker, numberOfWorker, nameAdmin, notice, onNoticeRead, offer, corner, renderActions } = props
  const { data, stream, standin, retry } = live
  const replies = useReplies(conversationId, data?.messages ?? NONE, lease)
  const [read, setRead] = useState<string | null>(null)
  const isHolder = data?.call.status === 'ACTIVE' && data.call.admin_id === viewerId
  const marked = data?.signals.seen.get(viewerId)?.message_id
  useSeen({ conversationId, isHolder, hasUnread, read, marked })
  const sayTyping = useTyping(conversationId)
  const workerId = data?.call.worker_id
  const nameSpeaker = useCallback(
    ({ role, sender_id }: Message) => {
      if (role === 'user') return nameWorker(sender_id ?? workerId ?? '')
      if (role === 'admin') return sender_id === null ? 'Dispatcher' : nameAdmin(sender_id)
      return role === 'assistant' ? 'Automatic assistant' : 'System'
    },
    [nameWorker, nameAdmin, workerId],
  )

  if (stream.status === 'denied') {
    return (
      <StateMessage
        icon={<IconLock size={24} />}
        title={notice ?? 'This conversation cannot be shown'}
        isAlert
      >
        {notice === null
          ? `${stream.refusal} It may be held by another dispatcher, or it has ended. Choose another call from the board.`
          : 'You may read it again when it is handed back. Choose another call from the board.'}
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

  const { status, admin_id } = data.call
  const nameOf = (uid: string) => (uid === workerId ? nameWorker(uid) : nameAdmin(uid))
  const holderName = admin_id === null ? null : nameAdmin(admin_id)
  return (
    <article className={classes.root} aria-label={`Conversation with ${nameWorker(data.call.worker_id)}`}>
      <ConversationHeader
        call={data.call}
        mobileNo={data.call.mobile_no || numberOfWorker(data.call.worker_id)}
        workerName={nameWorker(data.call.worker_id)}
        holderName={holderName}
        connection={<LiveWords stream={stream} standin={standin} />}
        total={data.messages.length}
        contactAt={data.signals.contact.get(data.call.worker_id)}
        actions={renderActions(data.call)}
        corner={corner}
      />
      <div className={classes.body}>
        <MessageList
          conversation={data}
          target={target}
          nameSpeaker={nameSpeaker}
          nameAdmin={nameAdmin}
          replies={replies.waiting}
          onResend={replies.resend}
          onDiscard={replies.discard}
          onRead={setRead}
        />
        {/* Over the messages: none of them moves when one of these comes or goes. */}
        <div className={classes.over}>
          {stream.status !== 'live' && stream.status !== 'ended' && (
            <p className={classes.stale}>
              <span>Not live. Newer messages may exist.</span>
              <button type="button" onClick={retry}>
                Try now
              </button>
            </p>
          )}
          {offer}
          {notice !== null && (
            <div className={classes.notice} role="alert">
              <IconAlertCircle size={20} aria-hidden />
              <span>{notice}</span>
              <CloseButton size="sm" aria-label="Dismiss" onClick={onNoticeRead} />
            </div>
          )}
        </div>
      </div>
      {status === 'ACTIVE' && <TypingLine typing={data.signals.typing} viewerId={viewerId} nameOf={nameOf} />}
      {status === 'ENDED' ? (
        <p className={classes.foot}>This call has ended. Nothing more will come.</p>
      ) : isHolder ? (
        <ReplyComposer
          draftName={`${viewerId}/${conversationId}`}
          isAwaited={hasTakenOver}
          onSend={replies.write}
          onTyping={sayTyping}
        />
      ) : (
        <p className={classes.foot}>
          {holderName === null
            ? 'Nobody holds this call. Take it over to answer.'
            : `${holderName} holds this call and answers it.`}
        </p>
      )}
    </article>
  )
}
