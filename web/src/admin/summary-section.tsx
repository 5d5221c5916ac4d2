import type { Message, Summary } from '@lifeline/functions/contract'
import type { ReactNode } from 'react'
import { formatClock, formatExact } from '../ui/format-time.ts'
import { DetailsSection, type DetailsProps } from './details-section.tsx'
import classes from './summary-section.module.css'
import { useSummary } from './use-summary.ts'

/** What a model makes of the conversation, each line with the messages that prove it. */
export function SummarySection({ conversation, onShowMessage }: DetailsProps) {
  const { summary, isAwaited, hasFailed, retry } = useSummary(conversation)
  const hasEnded = conversation.call.status === 'ENDED'
  if (conversation.messages.length === 0) return null
  return (
    <DetailsSection title={hasEnded ? 'Hand-over note' : 'Summary'}>
      {summary === null ? null : (
        <SummaryView
          summary={summary}
          messages={conversation.messages}
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

const MOODS: Record<Summary['sentiment'], string> = {
  positive: 'good',
  neutral: 'even',
  negative: 'low',
}

type SummaryViewProps = {
  summary: Summary
  messages: readonly Message[]
  /** Newer messages may not be in it. */
  isBehind: boolean
  onShowMessage: (messageId: string) => void
}

function SummaryView({ summary, messages, isBehind, onShowMessage }: SummaryViewProps) {
  const numbers = new Map(messages.map(({ message_id }, at) => [message_id, at + 1]))
  const part = (title: string, items: readonly { text: string; evidence: string[] }[], words?: ReactNode) =>
    items.length === 0 ? (
      words
    ) : (
      <>
        <h4 className={classes.title}>{title}</h4>
        <ul className={classes.lines} aria-label={title}>
          {items.map(({ text, evidence }) => (
            <li key={`${text} ${evidence.join(' ')}`}>
              <span dir="auto">{text}</span>{' '}
              {evidence
                .filter((id) => numbers.has(id))
                .map((id) => (
                  <button
                    key={id}
                    type="button"
                    className={classes.cite}
                    aria-label={`Show message ${numbers.get(id)}`}
                    onClick={() => onShowMessage(id)}
                  >
                    {numbers.get(id)}
                  </button>
                ))}
            </li>
          ))}
        </ul>
      </>
    )
  const newer = messages.length - summary.covers_count
  return (
    <div className={classes.summary}>
      {part(
        'Situation',
        summary.lines,
        <p className={classes.quiet}>Nothing that could be summed up yet.</p>,
      )}
      {part('Done', summary.done)}
      {part('Open questions', summary.open_questions)}
      {part('Next actions', summary.action_items)}
      {summary.keywords.length > 0 && (
        <>
          <h4 className={classes.title}>Spoken of</h4>
          <ul className={classes.keywords} aria-label="Spoken of">
            {summary.keywords.map(({ keyword }) => (
              <li key={keyword} dir="auto">
                {keyword}
              </li>
            ))}
          </ul>
        </>
      )}
      <p className={classes.quiet}>Mood of the worker: {MOODS[summary.sentiment]}.</p>
      <p className={classes.quiet}>
        {isBehind && (
          <>
            Covers up to #{summary.covers_count}
            {newer > 0 && <strong>, {newer} newer</strong>}.{' '}
          </>
        )}
        {summary.is_fallback
          ? 'The model did not answer: made by plain methods'
          : summary.model === 'lifeline-offline'
            ? 'Made by plain methods, without a model'
            : `Made by ${summary.model}`}
        ,{' '}
        <time className="numbers" dateTime={summary.generated_at} title={formatExact(summary.generated_at)}>
          {formatClock(summary.generated_at)}
        </time>
        . Check it against the messages.
      </p>
    </div>
  )
}
