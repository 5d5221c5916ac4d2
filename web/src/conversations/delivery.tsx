import { Button } from '@mantine/core'
import { IconAlertCircle, IconCheck, IconChecks, IconClock } from '@tabler/icons-react'
import classes from './delivery.module.css'
import type { ReplyStatus } from './reply-status.ts'

/** How far a dispatcher's message has come; `seen`: by the worker. */
export type Delivery = ReplyStatus | 'seen'

const SHAPES: Record<Delivery, typeof IconCheck> = {
  queued: IconClock,
  sending: IconClock,
  failed: IconAlertCircle,
  sent: IconCheck,
  seen: IconChecks,
}

const WORDS: Record<Delivery, string> = {
  queued: 'Waiting',
  sending: 'Sending',
  failed: 'Not sent',
  sent: 'Sent',
  seen: 'Seen',
}

/** A message's delivery as shape and word. */
export function DeliveryMark({ status }: { status: Delivery }) {
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
