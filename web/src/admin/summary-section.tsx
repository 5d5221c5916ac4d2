import { DetailsSection, type DetailsProps } from './details-section.tsx'
import { SummaryView } from './summary-view.tsx'
import classes from './summary-view.module.css'
import { useSummary } from './use-summary.ts'

/** What a model makes of the conversation, each line with the messages that prove it. */
export function SummarySection({ conversation, onShowMessage }: DetailsProps) {
  const { summary, isAwaited, hasFailed, retry } = useSummary(conversation)
  const hasEnded = conversation.call.status === 'ENDED'
  const numbers = new Map(conversation.messages.map(({ message_id }, at) => [message_id, at + 1]))
  if (conversation.messages.length === 0) return null
  return (
    <DetailsSection title={hasEnded ? 'Hand-over note' : 'Summary'}>
      {summary === null ? null : (
        <SummaryView
          summary={summary}
          numberOf={(id) => numbers.get(id)}
          total={conversation.messages.length}
          moodOf="the worker"
          // Over it everything has been said.
          isBehind={!summary.is_final}
          onShowMessage={onShowMessage}
        />
      )}
      {hasFailed ? (
        <p className={classes.quiet} role="alert">
          The final summary could not be read.{' '}
          <button type="button" className={classes.link} onClick={retry}>
            Try again
          </button>
        </p>
      ) : (
        isAwaited && (
          <p className={classes.quiet}>
            {hasEnded ? 'The final summary is being made.' : 'A summary follows when somebody has written.'}
          </p>
        )
      )}
    </DetailsSection>
  )
}
