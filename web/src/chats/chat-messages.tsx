import { hasOffset, messageIdAt } from '@lifeline/functions/contract'
import { Button, Skeleton, VisuallyHidden } from '@mantine/core'
import { memo, useMemo } from 'react'
import { DayLine, MessageFrame, NewLine } from '../conversations/message-frame.tsx'
import { Speech, SpeechLine, SpeechWords } from '../conversations/speech.tsx'
import { layOut, type TimelineItem } from '../conversations/timeline.ts'
import { useMessageView } from '../conversations/use-message-view.ts'
import { useKeptPlace } from '../conversations/use-message-window.ts'
import type { MessageTarget } from '../conversations/use-target.ts'
import { formatDeviceTime } from '../ui/format-time.ts'
import { type PlacedMessage, placeMessage, stretchesOf } from './chat-pages.ts'
import classes from './chat.module.css'
import { MetadataView } from './metadata-view.tsx'
import type { Writer } from './people-of-chat.ts'
import { useChatPages } from './use-chat-pages.ts'

export type ChatMessagesProps = {
  chatKey: string
  /** How many messages there are; at least one. */
  count: number
  writers: ReadonlyMap<string, Writer>
  target: MessageTarget | undefined
}

/** Nobody is told how far a chat was read. */
const unmarked = () => undefined

/** The messages of a chat: its end, or what is around the one that is asked for, and more as one scrolls. */
export function ChatMessages({ chatKey, count, writers, target }: ChatMessagesProps) {
  const ids = useMemo(() => Array.from({ length: count }, (_, at) => messageIdAt(at)), [count])
  const view = useMessageView(ids, target, unmarked)
  const { drawn, unreadAfter } = view
  const { pages, isLoading, isWhole, retry } = useChatPages(chatKey, drawn, count)
  const placed = pages.map(({ messages, ...rest }) => ({
    ...rest,
    messages: messages?.map((each) => placeMessage(each, writers.get(each.user_id)?.role === 'dispatcher')),
  }))
  const stretches = stretchesOf(placed, drawn)
  const shown = stretches.reduce(
    (sum, each) => sum + (each.kind === 'messages' ? each.messages.length : 0),
    0,
  )
  useKeptPlace(view.scroller, view.anchor, `${drawn.from} ${drawn.to} ${shown}`, isWhole)
  return (
    <MessageFrame view={view} over={isLoading && shown > 0 && !isWhole && <LoadingLine />}>
      {stretches.length === 0 && <Ghosts />}
      {stretches.map((stretch) =>
        stretch.kind === 'missing' ? (
          <p key={stretch.key} className={classes.missing} role="alert">
            <span>Messages that belong here could not be loaded.</span>
            <Button size="xs" variant="default" onClick={() => retry(stretch.page)}>
              Try again
            </Button>
          </p>
        ) : (
          layOut(stretch.messages, [], unreadAfter).map((item) => (
            <Item key={item.key} item={item} writers={writers} />
          ))
        ),
      )}
    </MessageFrame>
  )
}

type ItemProps = { item: TimelineItem<PlacedMessage>; writers: ReadonlyMap<string, Writer> }

const Item = memo(
  ({ item, writers }: ItemProps) => {
    if (item.kind === 'day') return <DayLine at={item.at} />
    if (item.kind === 'new') return <NewLine />
    if (item.kind === 'note') return null
    const [first] = item.messages
    if (first === undefined) return null
    const writer = writers.get(first.user_id)
    return (
      <Speech speaker={writer?.name ?? first.user_id} standing={writer?.role} side={first.role}>
        {item.messages.map((message) => (
          <SpeechLine
            key={message.message_id}
            messageId={message.message_id}
            at={message.received_at}
            times={describeTime(message.timestamp)}
            below={message.metadata !== undefined && <MetadataView metadata={message.metadata} />}
          >
            <SpeechWords>{message.content}</SpeechWords>
          </SpeechLine>
        ))}
      </Speech>
    )
  },
  // Messages are placed anew with every page, and never change.
  (before, after) => before.writers === after.writers && isSame(before.item, after.item),
)

function isSame(before: ItemProps['item'], after: ItemProps['item']): boolean {
  if (before.kind !== 'group' || after.kind !== 'group') {
    return before.kind === after.kind && before.key === after.key
  }
  return (
    before.messages.length === after.messages.length &&
    before.messages.every(({ message_id, role }, at) => {
      const other = after.messages[at]
      return other?.message_id === message_id && other.role === role
    })
  )
}

const describeTime = (timestamp: string): string =>
  hasOffset(timestamp)
    ? `Written ${formatDeviceTime(timestamp)}`
    : `Written ${timestamp.replace('T', ' ')}\nNo time zone was given: taken for UTC`

const LoadingLine = () => (
  <p className={classes.loading} role="status">
    Loading more messages…
  </p>
)

function Ghosts() {
  return (
    <div aria-busy="true" className={classes.ghosts}>
      <VisuallyHidden role="status">Loading the messages</VisuallyHidden>
      {[62, 48, 70, 40, 55].map((width) => (
        <div key={width} aria-hidden>
          <Skeleton height={12} width={96} mb={8} />
          <Skeleton height={16} width={`${width}%`} />
        </div>
      ))}
    </div>
  )
}
