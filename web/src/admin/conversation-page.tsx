import { Button } from '@mantine/core'
import { IconArrowLeft, IconMessages } from '@tabler/icons-react'
import { Link, useParams } from '@tanstack/react-router'
import { use } from 'react'
import { CallActions } from '../calls/call-actions.tsx'
import { findCall } from '../calls/board.ts'
import { useCallActs } from '../calls/use-call-acts.ts'
import { useReturns } from '../calls/use-returns.ts'
import { ConversationPane } from '../conversations/conversation-pane.tsx'
import { StateMessage } from '../ui/state-message.tsx'
import classes from './conversation-page.module.css'
import { CallsContext, usePeople } from './people.ts'

/** The open conversation beside the board. */
export function ConversationPage() {
  const { conversationId } = useParams({ from: '/console/conversations/$conversationId' })
  return (
    <div className={classes.page}>
      <Link to="/" className={classes.back ?? ''}>
        <IconArrowLeft size={16} aria-hidden /> All calls
      </Link>
      <div className={classes.pane}>
        <OpenConversation key={conversationId} conversationId={conversationId} />
      </div>
    </div>
  )
}

/** Needs the conversation's id as `key`. */
function OpenConversation({ conversationId }: { conversationId: string }) {
  const { me, ...names } = usePeople()
  const acts = useCallActs()
  // Another's call that was handed back may be read again; the stream that was refused would never ask.
  const calls = use(CallsContext)
  const returns = useReturns(calls, conversationId)
  const call = calls && findCall(calls, conversationId)
  return (
    <ConversationPane
      key={returns}
      conversationId={conversationId}
      viewerId={me.uid}
      lease={call?.takeover}
      hasTakenOver={acts.hasTakenOver}
      {...names}
      notice={acts.problem}
      onNoticeRead={acts.dismiss}
      renderActions={(call) => (
        <CallActions
          call={call}
          workerName={names.nameWorker(call.worker_id)}
          viewerId={me.uid}
          acts={acts}
        />
      )}
    />
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
