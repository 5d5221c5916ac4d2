import { Button } from '@mantine/core'
import { useMemo } from 'react'
import type { CallLineState } from './call-line.ts'
import classes from './call-page.module.css'
import { Composer } from './composer.tsx'
import { composeFeed } from './feed.ts'
import { FeedList } from './feed-list.tsx'
import type { OpenCall } from './open-call.ts'

export type CallPageProps = {
  call: OpenCall
  line: CallLineState
  onSay: (content: string) => void
  onLeave: () => void
}

/** The call: what was said, and the field to say more. */
export function CallPage({ call, line, onSay, onLeave }: CallPageProps) {
  const { stored, outbox, isConnected, isDurable, isReadable } = line
  const feed = useMemo(
    () => composeFeed(stored, outbox, call.conversation_id),
    [stored, outbox, call.conversation_id],
  )
  const isOver = call.phase === 'ended' || call.phase === 'refused'
  return (
    <main className={classes.page}>
      <h1 className={classes.state} data-phase={call.phase} aria-live="polite">
        {describeCall(call, isConnected)}
      </h1>
      {!isReadable && call.phase === 'active' && (
        <p className={classes.warning}>
          Answers can no longer be shown on this phone. What you write is still sent.
        </p>
      )}
      {!isDurable && (
        <p className={classes.warning} role="alert">
          This phone has no room left. Keep this page open until everything is sent.
        </p>
      )}
      <FeedList messages={feed} isConnected={isConnected} />
      {isOver ? (
        <div className={classes.over}>
          <Button size="lg" fullWidth onClick={onLeave}>
            Start a new call
          </Button>
        </div>
      ) : (
        <Composer onSend={onSay} />
      )}
    </main>
  )
}

/** Where the call stands, saying nothing that is not known. */
export function describeCall({ phase, admin_id }: OpenCall, isConnected: boolean): string {
  switch (phase) {
    case 'starting':
      return isConnected
        ? 'Starting your call'
        : 'Your call is not through yet. It starts as soon as you are back online.'
    case 'active':
      return admin_id === null
        ? 'Your call has arrived. Write what is happening.'
        : 'A dispatcher has taken your call.'
    case 'ended':
      return 'This call has ended.'
    case 'refused':
      return 'Your call could not be started. Try again, or tell your company.'
    default:
      return phase satisfies never
  }
}
