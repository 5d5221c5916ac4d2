import type { Summary, SummaryContent } from '@lifeline/functions/contract'
import type { ReactNode } from 'react'
import { formatClock, formatExact } from '../ui/format-time.ts'
import classes from './summary-view.module.css'

const MOODS: Record<Summary['sentiment'], string> = {
  positive: 'good',
  neutral: 'even',
  negative: 'low',
}

/** What a model has made of a conversation, of whichever kind. */
export type Summarized = SummaryContent &
  Pick<Summary, 'model' | 'is_fallback' | 'covers_count' | 'generated_at'>

type SummaryViewProps = {
  summary: Summarized
  /** A message's number, as people count; undefined for one that is not there. */
  numberOf: (messageId: string) => number | undefined
  /** How many messages there are. */
  total: number
  /** Newer messages may not be in it. */
  isBehind: boolean
  /** Whose mood it tells. */
  moodOf: string
  onShowMessage: (messageId: string) => void
}

/** A summary with its insights, each line with the messages that prove it. */
export function SummaryView({ summary, numberOf, total, isBehind, moodOf, onShowMessage }: SummaryViewProps) {
  const cites = (evidence: readonly string[]) =>
    evidence.flatMap((id) => {
      const number = numberOf(id)
      return number === undefined ? [] : [{ id, number }]
    })
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
              {cites(evidence).map(({ id, number }) => (
                <button
                  key={id}
                  type="button"
                  className={classes.cite}
                  aria-label={`Show message ${number}`}
                  onClick={() => onShowMessage(id)}
                >
                  {number}
                </button>
              ))}
            </li>
          ))}
        </ul>
      </>
    )
  const newer = total - summary.covers_count
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
            {summary.keywords.map(({ keyword, evidence }) => {
              const [first] = cites(evidence)
              return (
                <li key={keyword} dir="auto">
                  {first === undefined ? (
                    keyword
                  ) : (
                    <button
                      type="button"
                      className={classes.keyword}
                      aria-label={`${keyword}: show message ${first.number}`}
                      onClick={() => onShowMessage(first.id)}
                    >
                      {keyword}
                    </button>
                  )}
                </li>
              )
            })}
          </ul>
        </>
      )}
      <p className={classes.quiet}>
        Mood of {moodOf}: {MOODS[summary.sentiment]}.
      </p>
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
