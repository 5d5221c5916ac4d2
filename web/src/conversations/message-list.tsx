import { IconArrowDown } from '@tabler/icons-react'
import type { Message } from '@lifeline/functions/contract'
import { memo, useCallback, useEffect, useLayoutEffect, useMemo, useRef, type ReactNode } from 'react'
import { formatClock, formatDay, formatExact } from '../ui/format-time.ts'
import type { CallNote, ConversationState } from './conversation-state.ts'
import { FailedReply, type Delivery } from './delivery.tsx'
import { compareMessages } from './messages.ts'
import { findSeen } from './signals.ts'
import { MessageGroup } from './message-group.tsx'
import classes from './message-list.module.css'
import type { Reply } from './replies.ts'
import { layOut, type TimelineItem } from './timeline.ts'
import { UrgencyNote } from './urgency-note.tsx'
import { useMessageWindow } from './use-message-window.ts'
import { useReading } from './use-reading.ts'
import { useTarget, type MessageTarget } from './use-target.ts'

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
  const scroller = useRef<HTMLDivElement>(null)
  const content = useRef<HTMLDivElement>(null)
  const ids = useMemo(() => messages.map(({ message_id }) => message_id), [messages])
  const { window: drawn, ...view } = useMessageWindow(scroller, ids, target)
  const isEndDrawn = drawn.to === null
  const reading = useReading(scroller, content, ids, onRead, isEndDrawn)
  const { unreadAfter, unreadCount } = reading
  useTarget(content, target)
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

  const { showEnd, trim } = view
  const jumpToEnd = useCallback(() => {
    showEnd()
    reading.jumpToEnd()
  }, [showEnd, reading.jumpToEnd])
  const onScroll = () => {
    reading.onScroll()
    view.onScroll()
  }
  useEffect(() => {
    if (unreadCount === 0) trim()
  }, [unreadCount, trim])

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
        return (
          <p className={classes.day} key={item.key}>
            {formatDay(item.at, Date.now())}
          </p>
        )
      case 'new':
        return (
          <p className={classes.new} key={item.key}>
            <span>New</span>
          </p>
        )
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
    <div className={classes.frame}>
      {/* A region that scrolls must be reachable by keyboard. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div
        className={classes.scroller}
        ref={scroller}
        onScroll={onScroll}
        tabIndex={0}
        role="region"
        aria-label="Messages"
      >
        <div
          className={classes.content}
          ref={content}
          role="log"
          aria-live="polite"
          aria-relevant="additions"
        >
          {items.length === 0 ? (
            <p className={classes.empty}>Nothing has been written yet.</p>
          ) : (
            items.map(draw)
          )}
        </div>
      </div>
      {unreadCount > 0 && (
        <button type="button" className={classes.pill} onClick={jumpToEnd}>
          <span className="numbers">{unreadCount} new</span>
          <IconArrowDown size={16} aria-hidden />
        </button>
      )}
    </div>
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
