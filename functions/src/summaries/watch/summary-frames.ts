import { type Frame, frameOf } from '../../streaming/frame.ts'
import type { ChatSummary, SummaryEvents } from '../schema.ts'
import type { z } from 'zod'

type EventData<Name extends keyof typeof SummaryEvents> = z.infer<(typeof SummaryEvents)[Name]>

/** The id of the event that told a summary: the same one is not told again to who comes back with it. */
const summaryEventId = ({ covers_count, generated_at }: ChatSummary): string =>
  `${covers_count}.${Date.parse(generated_at)}`

export const summaryFrame = (summary: ChatSummary): Frame =>
  frameOf('summary', summary, summaryEventId(summary))

export const watchingFrame = (data: EventData<'watching'>): Frame => frameOf('watching', data)

export const summaryEndedFrame = (conversation_id: string): Frame =>
  frameOf('ended', { message: 'Conversation has ended', conversation_id } satisfies EventData<'ended'>)
