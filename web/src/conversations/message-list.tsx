import type { Message } from '@lifeline/functions/contract'
import { memo, useLayoutEffect, useMemo, useRef, type ReactNode } from 'react'
import { formatClock, formatExact } from '../ui/format-time.ts'
import type { CallNote, ConversationState } from './conversation-state.ts'
import { FailedReply, type Delivery } from './delivery.tsx'
import { compareMessages } from './messages.ts'
import { findSeen } from './signals.ts'
import { DayLine, MessageFrame, NewLine } from './message-frame.tsx'
import { MessageGroup } from './message-group.tsx'
import classes from './message-list.module.css'
import type { Reply } from './replies.ts'
import { layOut, type TimelineItem } from './timeline.ts'
import { UrgencyNote } from './urgency-note.tsx'
import { useMessageView } from './use-message-view.ts'
import { useKeptPlace } from './use-message-window.ts'
import type { MessageTarget } from './use-target.ts'

export type MessageListProps = {
  conversation: ConversationState
  target: MessageTarget | undefined
  /** The name of whoever wrote a message. */
  nameSpeaker: (message: Message) => string
  /** The name of an admin. */
  nameAdmin: (adminId: string) => string
  /** What the viewer wrote and what does not stand in the conversation yet, in order. */
  replies: readonly Reply[]
  onResend: (key: string) => void
  onDiscard: (key: string) => void
  /** Tells of the last message whenever everything has been on the screen. */
  onRead: (messageId: string | null) => void
}

/** The messages of a conversation, following its end unless the reader is elsewhere. */
export const MessageList = memo((props: MessageListProps) => {
  const { conversation, target, nameSpeaker, nameAdmin, replies, onResend, onDiscard, onRead } = props
  const { call, messages, notes, arrivals, signals } = conversation
  const ids = useMemo(() => messages.map(({ message_id }) => message_id), [messages])
  const view = useMessageView(ids, target, onRead)
  const { drawn, isEndDrawn, unreadAfter, jumpToEnd } = view
  useKeptPlace(view.scroller, view.anchor, drawn, true)
  const items = useMemo(
    () =>
      layOut(
        [
          ...messages.slice(drawn.from, drawn.to ?? undefined),
          ...(isEndDrawn ? replies.map(({ message }) => message) : []),
        ],
        // What stands before all messages stands above the first of them only.
        drawn.from === 0 ? notes : notes.filter(({ after }) => after !== null),
        unreadAfter,
      ),
    [messages, replies, notes, unreadAfter, drawn, isEndDrawn],
  )
  const waiting = new Map(replies.map((reply) => [reply.key, reply]))
  const seenThrough = findSeen(messages, signals.seen.get(call.worker_id))
  const deliveryOf = (message: Message): Delivery | null => {
    if (message.role !== 'admin') return null
    const isSeen = seenThrough !== undefined && compareMessages(message, seenThrough) <= 0
    return waiting.get(message.message_id)?.status ?? (isSeen ? 'seen' : 'sent')
  }
  const renderFailed = (key: string) => (
    <FailedReply
      problem={waiting.get(key)?.problem ?? null}
      onResend={() => onResend(key)}
      onDiscard={() => onDiscard(key)}
    />
  )

  // Whoever has just written wants to see it.
  const newest = replies.at(-1)?.key
  const shown = useRef(newest)
  useLayoutEffect(() => {
    if (newest !== undefined && newest !== shown.current) jumpToEnd()
    shown.current = newest
  }, [newest, jumpToEnd])

  const draw = (item: TimelineItem) => {
    switch (item.kind) {
      case 'day':
        return <DayLine key={item.key} at={item.at} />
      case 'new':
        return <NewLine key={item.key} />
      case 'note':
        return (
          <p className={classes.note} key={item.key}>
            <span>{describeNote(item.note, nameAdmin)}</span>
            <time
              className="numbers"
              dateTime={new Date(item.note.at).toISOString()}
              title={formatExact(item.note.at)}
            >
              {formatClock(item.note.at)}
            </time>
          </p>
        )
      case 'group': {
        const [first] = item.messages
        const speaker = first === undefined ? '' : nameSpeaker(first)
        return (
          <MessageGroup
            key={item.key}
            messages={item.messages}
            speaker={speaker}
            arrivals={arrivals}
            deliveries={item.messages.map(deliveryOf)}
            renderFailed={renderFailed}
          />
        )
      }
      default:
        return item satisfies never
    }
  }

  return (
    <MessageFrame view={view}>
      {items.length === 0 ? <p className={classes.empty}>Nothing has been written yet.</p> : items.map(draw)}
    </MessageFrame>
  )
})

function describeNote(note: CallNote, nameAdmin: (adminId: string) => string): ReactNode {
  switch (note.kind) {
    case 'urgency':
      return <UrgencyNote note={note} nameAdmin={nameAdmin} />
    case 'holder':
      return note.to === null ? 'Nobody holds this call now' : `Taken over by ${nameAdmin(note.to)}`
    case 'ended':
      return 'The call has ended'
    default:
      return note satisfies never
  }
}
