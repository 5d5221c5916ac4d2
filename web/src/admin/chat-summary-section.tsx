import type { SummaryType } from '@lifeline/functions/contract'
import { Button, SegmentedControl } from '@mantine/core'
import { useState } from 'react'
import { describeError } from '../api/errors.ts'
import { formatElapsed } from '../ui/format-time.ts'
import { useNow } from '../ui/use-now.ts'
import { GhostRows } from '../ui/ghost-rows.tsx'
import classes from './chat-summary-section.module.css'
import { DetailsSection } from './details-section.tsx'
import { SummaryView } from './summary-view.tsx'
import summaryClasses from './summary-view.module.css'
import { type ChatSummaryInSight, useChatSummary } from './use-chat-summary.ts'

export type ChatSummarySectionProps = {
  chatKey: string
  /** How many messages the chat has. */
  count: number
  /** The place of a message, from 1; undefined for one that is not there. */
  numberOf: (messageId: string) => number | undefined
  onShowMessage: (messageId: string) => void
}

/** What a model makes of a chat, when somebody wants to know: a summary costs, and most chats are read by nobody. */
export function ChatSummarySection({ chatKey, count, numberOf, onShowMessage }: ChatSummarySectionProps) {
  const [type, setType] = useState<SummaryType>('brief')
  const summary = useChatSummary(chatKey, type)
  const { made, isLoading } = summary
  return (
    <DetailsSection title="Summary">
      <SegmentedControl
        className={classes.types ?? ''}
        size="xs"
        fullWidth
        aria-label="Length of the summary"
        value={type}
        onChange={(value) => setType(value === 'detailed' ? 'detailed' : 'brief')}
        data={[
          { value: 'brief', label: 'Brief' },
          { value: 'detailed', label: 'Detailed' },
        ]}
      />
      {isLoading ? (
        <GhostRows what="the summary" rows={2} height={16} />
      ) : (
        <>
          {made !== null && (
            <SummaryView
              summary={{ ...made, ...made.details, sentiment: made.insights.sentiment }}
              numberOf={numberOf}
              total={count}
              isBehind
              moodOf="the chat"
              onShowMessage={onShowMessage}
            />
          )}
          <Asking summary={summary} count={count} />
        </>
      )}
    </DetailsSection>
  )
}

/** Whether there is more to be had, and the way to it. */
function Asking({ summary, count }: { summary: ChatSummaryInSight; count: number }) {
  const { made, pendingSince, error, isAsking, ask, retry } = summary
  if (error !== null) {
    return (
      <p className={summaryClasses.quiet} role="alert">
        {describeError(error)}{' '}
        <button type="button" className={summaryClasses.link} onClick={retry}>
          Try again
        </button>
      </p>
    )
  }
  if (pendingSince !== null) return <Progress since={pendingSince} />
  if (made !== null && made.covers_count >= count) return null
  return (
    <>
      {made === null && <p className={summaryClasses.quiet}>Nobody has asked for this summary yet.</p>}
      <Button className={classes.ask ?? ''} size="xs" variant="default" loading={isAsking} onClick={ask}>
        {made === null ? 'Summarize' : 'Bring it up to date'}
      </Button>
    </>
  )
}

function Progress({ since }: { since: number }) {
  return (
    <p className={summaryClasses.quiet}>
      <span role="status">A summary is being made.</span>{' '}
      <span className="numbers" aria-hidden>
        {formatElapsed(useNow() - since)} so far
      </span>
    </p>
  )
}
