import { Button } from '@mantine/core'
import { IconArrowLeft, IconMessages } from '@tabler/icons-react'
import { Link, useParams } from '@tanstack/react-router'
import { ConversationPane } from '../conversations/conversation-pane.tsx'
import { StateMessage } from '../ui/state-message.tsx'
import classes from './conversation-page.module.css'
import { usePeople } from './people.ts'

/** The open conversation beside the board. */
export function ConversationPage() {
  const { conversationId } = useParams({ from: '/console/conversations/$conversationId' })
  return (
    <div className={classes.page}>
      <Link to="/" className={classes.back ?? ''}>
        <IconArrowLeft size={16} aria-hidden /> All calls
      </Link>
      <div className={classes.pane}>
        <ConversationPane key={conversationId} conversationId={conversationId} {...usePeople()} />
      </div>
    </div>
  )
}

/** Nothing chosen yet. */
export function NoConversation() {
  return (
    <StateMessage icon={<IconMessages size={24} />} title="Choose a call">
      Click a call on the board, or press j and Enter, to read along as it happens.
    </StateMessage>
  )
}

/** An address that leads nowhere. */
export function NotFoundPage() {
  return (
    <main style={{ height: '100dvh' }}>
      <StateMessage
        icon={<IconMessages size={24} />}
        title="There is no such page"
        action={
          <Button component={Link} to="/">
            Go to the board
          </Button>
        }
      >
        The address may be old or mistyped.
      </StateMessage>
    </main>
  )
}
