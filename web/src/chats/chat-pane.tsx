import { IconMessageOff } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { LoadFailure } from '../api/load-failure.tsx'
import { ConversationSkeleton } from '../conversations/conversation-skeleton.tsx'
import { Fact, PaneHeader } from '../conversations/pane-header.tsx'
import paneClasses from '../conversations/conversation-pane.module.css'
import type { MessageTarget } from '../conversations/use-target.ts'
import { ConnectionWords } from '../ui/connection-words.tsx'
import { formatClock } from '../ui/format-time.ts'
import { StateMessage } from '../ui/state-message.tsx'
import { ChatMessages } from './chat-messages.tsx'
import type { Writer } from './people-of-chat.ts'
import { isUnknown, type Chat } from './use-chat.ts'

export type ChatPaneProps = {
  chatKey: string
  chat: Chat
  writers: ReadonlyMap<string, Writer>
  /** The message to bring into sight. */
  target: MessageTarget | undefined
  /** What stands in the header's corner. */
  corner: ReactNode
  /** Where to go from a chat that is none. */
  elsewhere: ReactNode
}

/** One chat with its messages. Needs its key as `key`. */
export function ChatPane({ chatKey, chat, writers, target, corner, elsewhere }: ChatPaneProps) {
  const { known, record, error, isLooking, lookedAt, look } = chat
  if (isUnknown(error)) {
    return (
      <StateMessage
        icon={<IconMessageOff size={24} />}
        title="There is no such chat"
        isAlert
        action={elsewhere}
      >
        It may have been deleted, or it is not your company’s.
      </StateMessage>
    )
  }
  if (known === undefined) {
    return error === null ? (
      <ConversationSkeleton />
    ) : (
      <LoadFailure title="The chat cannot be loaded" error={error} onRetry={look} isRetrying={isLooking} />
    )
  }
  const { chatId, count } = known
  const isStale = error !== null
  return (
    <article className={paneClasses.root} aria-label={`Chat ${chatId}`}>
      <PaneHeader
        title={chatId}
        connection={
          isStale ? (
            <ConnectionWords
              tone="stale"
              words={`Not reached: as of ${formatClock(lookedAt)}`}
              spoken="Not up to date"
            />
          ) : (
            <ConnectionWords tone="live" words={`As of ${formatClock(lookedAt)}`} spoken="Up to date" />
          )
        }
        corner={corner}
      >
        <Fact name="Chat">
          {record === undefined ? '…' : record.status === 'ACTIVE' ? 'active' : 'ended'}
        </Fact>
        <Fact name="Messages">{String(count)}</Fact>
        <Fact name="Writers">{record === undefined ? '…' : String(writers.size)}</Fact>
      </PaneHeader>
      <div className={paneClasses.body}>
        <ChatMessages chatKey={chatKey} count={count} writers={writers} target={target} />
        {isStale && (
          <div className={paneClasses.over}>
            <p className={paneClasses.stale}>
              <span>Not up to date. Newer messages may exist.</span>
              <button type="button" onClick={look}>
                Try now
              </button>
            </p>
          </div>
        )}
      </div>
      <p className={paneClasses.foot}>Chats are only read here: nobody answers from the console.</p>
    </article>
  )
}
