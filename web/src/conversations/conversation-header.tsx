import type { ReactNode } from 'react'
import { formatElapsed } from '../ui/format-time.ts'
import { UrgencyBadge } from '../ui/urgency-badge.tsx'
import { useNow } from '../ui/use-now.ts'
import type { CallFacts } from './conversation-state.ts'
import { Fact, PaneHeader } from './pane-header.tsx'

export type ConversationHeaderProps = {
  call: CallFacts
  workerName: string
  /** Empty when it is not known. */
  mobileNo: string
  /** `null` while nobody holds the call. */
  holderName: string | null
  /** The state of the connection, in words. */
  connection: ReactNode
  total: number
  /** When the worker's device was last heard of, ms; `undefined` when it never was. */
  contactAt: number | undefined
  /** What may be done with the call. */
  actions: ReactNode
  /** What stands in the corner, however much is beside it. */
  corner: ReactNode
}

/** Who, how urgent, in what state, held by whom; never scrolls away. */
export function ConversationHeader({
  call,
  workerName,
  mobileNo,
  holderName,
  connection,
  total,
  contactAt,
  actions,
  corner,
}: ConversationHeaderProps) {
  return (
    <PaneHeader
      badge={<UrgencyBadge urgency={call.urgency} />}
      title={workerName}
      connection={connection}
      actions={actions}
      corner={corner}
    >
      <Fact name="Number">{mobileNo || 'none'}</Fact>
      <Fact name="Call">{call.status === 'ACTIVE' ? 'active' : 'ended'}</Fact>
      <Fact name="By">{call.medium}</Fact>
      <Fact name="Held by">{holderName ?? 'nobody yet'}</Fact>
      <Fact name="Messages">{String(total)}</Fact>
      {contactAt !== undefined && call.status === 'ACTIVE' && <LastContact at={contactAt} />}
    </PaneHeader>
  )
}

/** How long ago, and never whether they are there: a phone that died says nothing. */
function LastContact({ at }: { at: number }) {
  return <Fact name="Phone last heard">{`${formatElapsed(useNow() - at)} ago`}</Fact>
}
