import { AnswerSentiment, type QuestionSession, type SessionSummary } from '@lifeline/functions/contract'
import { Button } from '@mantine/core'
import { IconFileText, IconRefresh } from '@tabler/icons-react'
import { useState } from 'react'
import { formatExact } from '../ui/format-time.ts'
import { StateMessage } from '../ui/state-message.tsx'
import { SentimentBadge, SimulatedMark } from './badges.tsx'
import { CountChart } from './count-chart.tsx'
import { Dissent, Measures, Verdict } from './panel-quality.tsx'
import { RegenerateDialog } from './regenerate-dialog.tsx'
import { isActive } from './session-state.ts'
import classes from './summary-panel.module.css'
import { SENTIMENT_WORDS, STYLE_WORDS } from './words.ts'

export type SummaryPanelProps = {
  session: QuestionSession
  /** Whether the viewer may have the summary written anew. */
  canChange: boolean
}

/** What all answers come to, and what that is worth. */
export function SummaryPanel({ session, canChange }: SummaryPanelProps) {
  const [isAsking, setAsking] = useState(false)
  const { summary, status, total_responded } = session
  const canWrite = canChange && !isActive(status) && total_responded > 0
  const write = (words: string, variant: string) =>
    canWrite && (
      <Button
        size="compact-sm"
        variant={variant}
        leftSection={<IconRefresh size={16} aria-hidden />}
        onClick={() => setAsking(true)}
      >
        {words}
      </Button>
    )
  return (
    <div className={classes.panel}>
      {summary === null ? (
        <NoSummary session={session} action={write('Write a summary of what there is', 'filled')} />
      ) : (
        <>
          <Verdict panel={summary.panel} />
          <Text summary={summary} action={write('Regenerate', 'default')} />
          <Insights session={session} summary={summary} />
          <CountChart
            title="Sentiment"
            what="Sentiment"
            rows={AnswerSentiment.options.map((side) => ({
              label: SENTIMENT_WORDS[side],
              mark: <SentimentBadge of={side} />,
              count: summary.sentiment_distribution[side] ?? 0,
              color: SENTIMENT_COLORS[side],
            }))}
            total={total_responded}
          />
          <Themes summary={summary} total={total_responded} />
          <Dissent dissent={summary.panel.dissent} />
          <Measures panel={summary.panel} />
          <p className={`${classes.quiet} numbers`}>
            {STYLE_WORDS[summary.summary_style]}
            {summary.focus_areas.length > 0 && `, about ${summary.focus_areas.join(', ')}`}. Written{' '}
            {formatExact(summary.generated_at)}{' '}
            {summary.composed_offline ? 'without a language model.' : `by ${summary.model}.`}
          </p>
        </>
      )}
      <RegenerateDialog session={session} opened={isAsking} onClose={() => setAsking(false)} />
    </div>
  )
}

const SENTIMENT_COLORS: Record<AnswerSentiment, string> = {
  positive: 'var(--good)',
  neutral: 'var(--accent)',
  negative: 'var(--high)',
  unknown: 'var(--low)',
}

function NoSummary({ session, action }: { session: QuestionSession; action: React.ReactNode }) {
  const { status, total_responded, cancelled_at } = session
  if (isActive(status)) {
    return (
      <StateMessage icon={<IconFileText size={24} />} title="The summary comes last">
        It is written when everybody has answered. Until then the answers are there to be read.
      </StateMessage>
    )
  }
  return (
    <StateMessage icon={<IconFileText size={24} />} title="There is no summary" action={action}>
      {cancelled_at !== null && 'The session was cancelled. '}
      {total_responded === 0 && 'Nobody answered, so there is nothing to summarize.'}
    </StateMessage>
  )
}

function Text({ summary, action }: { summary: SessionSummary; action: React.ReactNode }) {
  return (
    <section aria-labelledby="qa-summary">
      <div className={classes.head}>
        <h3 className={classes.heading} id="qa-summary">
          Summary
        </h3>
        <SimulatedMark />
        <span className={classes.action}>{action}</span>
      </div>
      <p className={classes.text} dir="auto">
        {summary.summary_text}
      </p>
    </section>
  )
}

function Insights({ session, summary }: { session: QuestionSession; summary: SessionSummary }) {
  const names = new Map(
    session.target_prospects.map(({ lead_id, full_name }) => [lead_id, full_name || lead_id]),
  )
  const { insights } = summary.evidence
  if (insights.length === 0) return null
  return (
    <section aria-labelledby="qa-insights">
      <h3 className={classes.heading} id="qa-insights">
        Key insights
      </h3>
      <ol className={classes.insights}>
        {insights.map(({ text, lead_ids }) => (
          <li key={text}>
            <span dir="auto">{text}</span>
            <span className={classes.quiet}>
              From <bdi>{sayNames(lead_ids.map((id) => names.get(id) ?? id))}</bdi>
            </span>
          </li>
        ))}
      </ol>
    </section>
  )
}

const MOST_NAMED = 5

const sayNames = (names: readonly string[]): string =>
  names.length > MOST_NAMED
    ? `${names.slice(0, MOST_NAMED).join(', ')} and ${names.length - MOST_NAMED} more`
    : names.join(', ')

function Themes({ summary, total }: { summary: SessionSummary; total: number }) {
  const { themes } = summary.evidence
  if (themes.length === 0) {
    return (
      <section aria-labelledby="qa-themes">
        <h3 className={classes.heading} id="qa-themes">
          Themes
        </h3>
        <p className={classes.quiet}>No theme that several speak of was found.</p>
      </section>
    )
  }
  return (
    <CountChart
      title="Themes"
      what="Theme"
      rows={themes.map(({ theme, lead_ids }) => ({
        label: theme,
        count: lead_ids.length,
        color: 'var(--accent)',
      }))}
      total={total}
    />
  )
}
