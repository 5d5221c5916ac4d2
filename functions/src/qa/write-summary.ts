import type { Deps } from '../deps.ts'
import { type Model, OFFLINE_MODEL } from '../models/model.ts'
import { measurePanel } from './measure-panel.ts'
import type { AnswerSentiment } from './answer-schema.ts'
import type { SessionSummary, SummaryStyle } from './summary-schema.ts'
import type { Outcomes } from './session-store.ts'
import type { StoredSession } from './stored-session.ts'
import { type SummarizeOptions, summarizeAnswers } from './summarize-answers.ts'
import type { PanelSummary } from './summary-job.ts'

export interface WantedSummary {
  style: SummaryStyle
  focusAreas: readonly string[]
}

/**
 * Summarizes the answers and measures the panel. What the model says rests on answers that exist, or is dropped.
 *
 * @throws ModelError with `onFailure: 'throw'`
 */
export async function writeSummary(
  deps: Pick<Deps, 'clock'> & { model: Model },
  { session, outcomes }: { session: Pick<StoredSession, 'question' | 'context'>; outcomes: Outcomes },
  { style, focusAreas }: WantedSummary,
  options: SummarizeOptions,
): Promise<SessionSummary> {
  const answers = outcomes.answers.map(({ response: { persona, answer, sentiment } }) => ({
    lead_id: persona.lead_id,
    name: persona.full_name ?? persona.lead_id,
    answer,
    sentiment,
  }))
  const wanted = { question: session.question, style, focusAreas, answers }
  const written = await summarizeAnswers(deps, wanted, options)
  const checked = citeExisting(written.output, new Set(answers.map(({ lead_id }) => lead_id)))
  const sentiments = Map.groupBy(answers, ({ sentiment }) => sentiment)
  const count = (sentiment: AnswerSentiment) => sentiments.get(sentiment)?.length ?? 0
  return {
    summary_text: checked.summary_text,
    key_insights: checked.key_insights.map(({ text }) => text),
    sentiment_distribution: {
      positive: count('positive'),
      neutral: count('neutral'),
      negative: count('negative'),
      unknown: count('unknown'),
    },
    common_themes: checked.common_themes.map(({ theme }) => theme),
    generated_at: new Date(deps.clock.now()).toISOString(),
    evidence: { insights: checked.key_insights, themes: checked.common_themes },
    panel: measurePanel(outcomes, session.context),
    summary_style: style,
    focus_areas: [...focusAreas],
    simulated: true,
    model: written.model,
    composed_offline: written.model === OFFLINE_MODEL || written.isFallback,
  }
}

function citeExisting(summary: PanelSummary, leadIds: ReadonlySet<string>): PanelSummary {
  const existing = (ids: readonly string[]) => [...new Set(ids)].filter((id) => leadIds.has(id))
  return {
    summary_text: summary.summary_text,
    key_insights: summary.key_insights
      .map(({ text, lead_ids }) => ({ text, lead_ids: existing(lead_ids) }))
      .filter(({ lead_ids }) => lead_ids.length > 0),
    common_themes: summary.common_themes
      .map(({ theme, lead_ids }) => ({ theme, lead_ids: existing(lead_ids) }))
      .filter(({ lead_ids }) => lead_ids.length > 0),
  }
}
