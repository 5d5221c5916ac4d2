import type { ChatSummary, SummaryContent, SummaryType } from './schema.ts'

interface Source {
  conversation_id: string
  content: SummaryContent
  model: string
  is_fallback: boolean
  covers_up_to: string
  covers_count: number
  /** ms since 1970. */
  generated_at: number
}

/** A summary as spec 2 shows it. */
export function summaryBody({ content, generated_at, ...rest }: Source, type: SummaryType): ChatSummary {
  const { sentiment, ...details } = content
  const { conversation_id, ...made } = rest
  return {
    conversation_id,
    summary: details.lines.map(({ text }) => text).join(' '),
    insights: {
      sentiment,
      keywords: details.keywords.map(({ keyword }) => keyword),
      action_items: details.action_items.map(({ text }) => text),
    },
    generated_at: new Date(generated_at).toISOString(),
    summary_type: type,
    details,
    model: made.model,
    is_fallback: made.is_fallback,
    covers_up_to: made.covers_up_to,
    covers_count: made.covers_count,
  }
}
