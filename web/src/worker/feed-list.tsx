import { isRedundant } from '@lifeline/functions/contract'
import { Button } from '@mantine/core'
import { IconAlertCircle, IconArrowDown, IconCheck, IconChecks, IconClock } from '@tabler/icons-react'
import { memo } from 'react'
import { AttachmentView } from '../media/attachment-view.tsx'
import { formatClock } from '../ui/format-time.ts'
import type { FeedMessage } from './feed.ts'
import classes from './feed-list.module.css'
import { PendingMedia } from './pending-media.tsx'
import type { UploadState, UploadStates } from './uploader.ts'
import { useFeedScroll } from './use-feed-scroll.ts'

const SPEAKERS = { user: 'You', admin: 'Dispatcher', assistant: 'Automatic assistant', system: 'Lifeline' }

export type FeedListProps = {
  messages: readonly FeedMessage[]
  isConnected: boolean
  /** How far media have come that are on their way. */
  uploads: UploadStates
  mediaOf: (messageId: string) => Promise<Blob | undefined>
  onRetry: (messageId: string) => void
  onDrop: (messageId: string) => void
  /** Whenever everything has been on the screen. */
  onRead: () => void
}

/**
 * Everything said in the call, the newest at the bottom, each of ours with how far it has come. What others write is shown
 * from its beginning.
 */
export function FeedList({ messages, isConnected, onRead, ...media }: FeedListProps) {
  const { scroller, list, hasMore, onScroll, showMore } = useFeedScroll(messages, isConnected, onRead)

  return (
    <div className={classes.frame}>
      <div
        className={classes.scroller}
        ref={scroller}
        role="region"
        aria-label="Messages"
        // A region that scrolls must be reachable by keyboard.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        onScroll={onScroll}
      >
        <div className={classes.list} ref={list} role="log" aria-live="polite" aria-relevant="additions">
          {messages.map((message) => (
            <Bubble
              key={message.id}
              message={message}
              isConnected={isConnected}
              {...media}
              upload={media.uploads.get(message.id)}
            />
          ))}
        </div>
      </div>
      {hasMore && (
        <button type="button" className={classes.more} onClick={showMore}>
          More below <IconArrowDown size={20} aria-hidden />
        </button>
      )}
    </div>
  )
}

type BubbleProps = Pick<FeedListProps, 'isConnected' | 'mediaOf' | 'onRetry' | 'onDrop'> & {
  message: FeedMessage
  upload: UploadState | undefined
}

/** On its way, its picture or player says what it is. */
const isPending = ({ media, attachment }: FeedMessage): boolean =>
  media !== undefined && attachment === undefined

const Bubble = memo(
  ({ message, isConnected, upload, mediaOf, onRetry, onDrop }: BubbleProps) => {
    const isOwn = message.delivery !== null
    return (
      <article className={classes.bubble} data-own={isOwn || undefined} data-role={message.role}>
        {!isOwn && <span className={classes.speaker}>{SPEAKERS[message.role]}</span>}
        {!isRedundant(message) && !isPending(message) && (
          <p className={classes.content} dir="auto">
            {message.content}
          </p>
        )}
        {message.attachment !== undefined ? (
          <AttachmentView
            attachment={message.attachment}
            times={{
              timestamp: message.timestamp ?? new Date(message.at).toISOString(),
              received_at: new Date(message.at).toISOString(),
            }}
            from={SPEAKERS[message.role]}
          />
        ) : (
          message.media !== undefined && (
            <PendingMedia id={message.id} kind={message.media} upload={upload} mediaOf={mediaOf} />
          )
        )}
        <span className={`${classes.foot} numbers`}>
          {message.sources !== '' && <span dir="auto">From: {message.sources}</span>}
          <time dateTime={new Date(message.at).toISOString()}>{formatClock(message.at)}</time>
          {message.delivery !== null && (
            <Delivery status={message.delivery} isConnected={isConnected} hasMedia={isPending(message)} />
          )}
        </span>
        {message.delivery === 'refused' && (
          <span className={classes.again}>
            <Button size="sm" variant="default" onClick={() => onRetry(message.id)}>
              Try again
            </Button>
            <Button size="sm" variant="default" onClick={() => onDrop(message.id)}>
              Remove
            </Button>
          </span>
        )}
      </article>
    )
  },
  (before, after) =>
    before.isConnected === after.isConnected &&
    before.upload === after.upload &&
    before.message.media === after.message.media &&
    before.message.attachment?.kind === after.message.attachment?.kind &&
    before.message.id === after.message.id &&
    before.message.at === after.message.at &&
    before.message.delivery === after.message.delivery,
)

function Delivery({
  status,
  isConnected,
  hasMedia,
}: {
  status: NonNullable<FeedMessage['delivery']>
  isConnected: boolean
  /** That have to be uploaded first. */
  hasMedia: boolean
}) {
  if (status === 'sent') {
    return (
      <span className={classes.delivery} data-status="sent">
        <IconCheck size={14} aria-hidden /> Sent
      </span>
    )
  }
  if (status === 'seen') {
    return (
      <span className={classes.delivery} data-status="seen">
        <IconChecks size={14} aria-hidden /> Seen
      </span>
    )
  }
  if (status === 'refused') {
    return (
      <span className={classes.delivery} data-status="refused">
        <IconAlertCircle size={14} aria-hidden />{' '}
        {hasMedia ? 'Not sent' : 'Not sent: the call does not take messages any more'}
      </span>
    )
  }
  return (
    <span className={classes.delivery} data-status="queued">
      <IconClock size={14} aria-hidden /> {!isConnected ? 'Queued' : hasMedia ? 'Uploading' : 'Sending'}
    </span>
  )
}
