import { LiveSummaryRecord, type Summary, SummaryContent } from './schema.ts'

/** Reads `live_summaries/{conversation_id}`; null when there is none, or none that can be read. */
export function readLiveSummary(conversationId: string, stored: unknown): Summary | null {
  const record = LiveSummaryRecord.safeParse(stored)
  if (!record.success) return null
  const { content, model, is_fallback, covers_up_to, covers_count, updated_at } = record.data
  const parsed = SummaryContent.safeParse(parseJson(content))
  if (!parsed.success) return null
  return {
    conversation_id: conversationId,
    ...parsed.data,
    model,
    is_fallback,
    is_final: false,
    covers_up_to,
    covers_count,
    generated_at: new Date(updated_at).toISOString(),
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
