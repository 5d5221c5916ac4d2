import { Button } from '@mantine/core'
import { IconAlertCircle, IconCheck, IconClock } from '@tabler/icons-react'
import classes from './delivery.module.css'
import type { ReplyStatus } from './reply-status.ts'

const SHAPES = { queued: IconClock, sending: IconClock, failed: IconAlertCircle, sent: IconCheck }

const WORDS: Record<ReplyStatus, string> = {
  queued: 'Waiting',
  sending: 'Sending',
  failed: 'Not sent',
  sent: 'Sent',
}

/** How far a dispatcher's message has come: shape and word. */
export function DeliveryMark({ status }: { status: ReplyStatus }) {
  const Shape = SHAPES[status]
  return (
    <span className={classes.mark} data-delivery={status}>
      <Shape size={14} aria-hidden />
      {WORDS[status]}
    </span>
  )
}

export type FailedReplyProps = { problem: string | null; onResend: () => void; onDiscard: () => void }

/** Below a message that failed: why, and what can be done. */
export function FailedReply({ problem, onResend, onDiscard }: FailedReplyProps) {
  return (
    <div className={classes.failed} role="alert">
      <span>{problem}</span>
      <Button size="compact-sm" variant="default" onClick={onResend}>
        Send again
      </Button>
      <Button size="compact-sm" variant="subtle" color="gray" onClick={onDiscard}>
        Discard
      </Button>
    </div>
  )
}
