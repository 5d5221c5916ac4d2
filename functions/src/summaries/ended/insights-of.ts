import { type LiveInsight, MAX_INSIGHTS } from '../../insights/schema.ts'
import type { SummaryContent } from '../schema.ts'

/** Types of insights that come with a summary begin so; a newer summary replaces them and leaves all others alone. */
const OURS = 'summary.'
const MOST_EVIDENCE = 10
const MOST_CHARACTERS = 1_000

/** What a summary found, as insights of spec 4, after those that were there already and are not a summary's. */
export function withInsightsOf(content: SummaryContent, there: readonly LiveInsight[]): LiveInsight[] {
  const kept = there.filter(({ type }) => type?.startsWith(OURS) !== true)
  const found = [
    { insight: content.sentiment, type: 'sentiment', evidence: [] },
    ...content.action_items.map(({ text, evidence }) => ({ insight: text, type: 'action_item', evidence })),
    ...content.open_questions.map(({ text, evidence }) => ({
      insight: text,
      type: 'open_question',
      evidence,
    })),
    ...content.keywords.map(({ keyword, evidence }) => ({ insight: keyword, type: 'keyword', evidence })),
  ]
  const ours = found
    .filter(({ insight }) => insight.trim() !== '')
    .map(({ insight, type, evidence }): LiveInsight => ({
      insight: insight.trim().slice(0, MOST_CHARACTERS).toWellFormed(),
      type: `${OURS}${type}`,
      ...(evidence.length > 0 && { evidence: evidence.slice(0, MOST_EVIDENCE) }),
    }))
  return [...kept, ...ours].slice(0, MAX_INSIGHTS)
}
