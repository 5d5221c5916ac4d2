import { Button } from '@mantine/core'
import { IconArrowLeft, IconMessages } from '@tabler/icons-react'
import { Link, useParams, useSearch } from '@tanstack/react-router'
import { use, useMemo } from 'react'
import { CallActions } from '../calls/call-actions.tsx'
import { findCall } from '../calls/board.ts'
import { OfferLine } from '../calls/offer-line.tsx'
import { useCallActs } from '../calls/use-call-acts.ts'
import { useReturns } from '../calls/use-returns.ts'
import { ConversationPane } from '../conversations/conversation-pane.tsx'
import { useConversation } from '../conversations/use-conversation.ts'
import { MediaContext } from '../media/media-context.tsx'
import { useWorkerName } from '../history/use-worker-name.ts'
import { StateMessage } from '../ui/state-message.tsx'
import classes from './conversation-page.module.css'
import { DetailsPane, DetailsToggle } from './details-pane.tsx'
import { DETAILS_SECTIONS } from './details-sections.ts'
import { useMessageInSight } from './use-message-in-sight.ts'
import { CallsContext, PeopleContext, usePeople } from './people.ts'
import { useDetailsOpen } from './use-details-open.ts'
import { useMediaCache } from './use-media-cache.ts'

/** The open conversation beside the board, and its details. */
export function ConversationPage() {
  const { conversationId } = useParams({ from: '/console/calls/conversations/$conversationId' })
  // Another's call that was handed back may be read again; the stream that was refused would never ask.
  const returns = useReturns(use(CallsContext), conversationId)
  return (
    <div className={classes.page}>
      <Link to="/" className={classes.back ?? ''}>
        <IconArrowLeft size={16} aria-hidden /> All calls
      </Link>
      <OpenConversation key={`${conversationId} ${returns}`} conversationId={conversationId} />
    </div>
  )
}

/** Needs the conversation's id as `key`. */
function OpenConversation({ conversationId }: { conversationId: string }) {
  const people = usePeople()
  const { me, colleagues, ...board } = people
  const acts = useCallActs()
  const live = useConversation(conversationId)
  const { data: conversation } = live
  const details = useDetailsOpen()
  const media = useMediaCache(conversationId)
  const { message } = useSearch({ from: '/console/calls/conversations/$conversationId' })
  const { target, showMessage } = useMessageInSight(message)
  const calls = use(CallsContext)
  const onBoard = calls && findCall(calls, conversationId)
  const nameWorker = useWorkerName(conversationId, board.nameWorker, calls !== undefined && !onBoard)
  const names = { ...board, nameWorker }
  // The details name whom the conversation names.
  const known = useMemo(() => ({ ...people, nameWorker }), [people, nameWorker])
  return (
    <MediaContext value={media}>
      <div className={classes.open}>
        <div className={classes.pane}>
          <ConversationPane
            conversationId={conversationId}
            live={live}
            target={target}
            viewerId={me.uid}
            lease={onBoard?.takeover}
            hasUnread={(onBoard?.unread_count ?? 0) > 0}
            hasTakenOver={acts.hasTakenOver}
            {...names}
            notice={acts.problem}
            onNoticeRead={acts.dismiss}
            offer={
              onBoard && (
                <OfferLine
                  call={onBoard}
                  viewerId={me.uid}
                  nameAdmin={names.nameAdmin}
                  isBusy={acts.busy !== null}
                  onAccept={acts.acceptTransfer}
                  onDecline={acts.declineTransfer}
                />
              )
            }
            corner={<DetailsToggle details={details} />}
            renderActions={(call) => (
              <CallActions
                call={call}
                workerName={names.nameWorker(call.worker_id)}
                holderName={call.admin_id === null ? '' : names.nameAdmin(call.admin_id)}
                viewerId={me.uid}
                isManager={me.role === 'manager'}
                colleagues={colleagues}
                acts={acts}
              />
            )}
          />
        </div>
        {conversation !== undefined && live.stream.status !== 'denied' && (
          <PeopleContext value={known}>
            <DetailsPane details={details} label="Details of the call">
              {DETAILS_SECTIONS.map(({ id, Section }) => (
                <Section key={id} conversation={conversation} call={onBoard} onShowMessage={showMessage} />
              ))}
            </DetailsPane>
          </PeopleContext>
        )}
      </div>
    </MediaContext>
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
