import { chatPositionOf } from '@lifeline/functions/contract'
import { IconArrowLeft } from '@tabler/icons-react'
import { Link, useParams, useSearch } from '@tanstack/react-router'
import { useCallback, useMemo } from 'react'
import { ChatPane } from '../chats/chat-pane.tsx'
import { writersOf } from '../chats/people-of-chat.ts'
import { useChat } from '../chats/use-chat.ts'
import { ChatSummarySection } from './chat-summary-section.tsx'
import classes from './conversation-page.module.css'
import { DetailsPane, DetailsToggle } from './details-pane.tsx'
import { Readers } from './readers-section.tsx'
import { useDetailsOpen } from './use-details-open.ts'
import { useMessageInSight } from './use-message-in-sight.ts'
import { WritersSection } from './writers-section.tsx'

/** A chat (spec 2) beside the board, and its details. */
export function ChatPage() {
  const { chatKey } = useParams({ from: '/console/calls/chats/$chatKey' })
  return (
    <div className={classes.page}>
      <Link to="/history" search={{ kind: 'chats' }} className={classes.back ?? ''}>
        <IconArrowLeft size={16} aria-hidden /> All chats
      </Link>
      <OpenChat key={chatKey} chatKey={chatKey} />
    </div>
  )
}

/** Needs the chat's key as `key`. */
function OpenChat({ chatKey }: { chatKey: string }) {
  const { message } = useSearch({ from: '/console/calls/chats/$chatKey' })
  const chat = useChat(chatKey)
  const details = useDetailsOpen()
  const { target, showMessage } = useMessageInSight(message)
  const { known, record } = chat
  const writers = useMemo(() => writersOf(record), [record])
  const count = known?.count ?? 0
  const numberOf = useCallback(
    (messageId: string) => {
      const position = chatPositionOf(messageId)
      return position !== undefined && position < count ? position + 1 : undefined
    },
    [count],
  )
  return (
    <div className={classes.open}>
      <div className={classes.pane}>
        <ChatPane
          chatKey={chatKey}
          chat={chat}
          writers={writers}
          target={target}
          corner={<DetailsToggle details={details} />}
          elsewhere={
            <Link to="/history" search={{ kind: 'chats' }} className={classes.link ?? ''}>
              All chats
            </Link>
          }
        />
      </div>
      {known !== undefined && (
        <DetailsPane details={details} label="Details of the chat">
          <WritersSection writers={[...writers.values()]} record={record} />
          <ChatSummarySection
            chatKey={chatKey}
            count={count}
            numberOf={numberOf}
            onShowMessage={showMessage}
          />
          <Readers conversationId={chatKey} />
        </DetailsPane>
      )}
    </div>
  )
}
