import { CallStatus, Urgency } from '@lifeline/functions/contract'
import { z } from 'zod'

const day = z
  .string()
  .regex(/^\d{4}-\d\d-\d\d$/)
  .optional()
  .catch(undefined)
const id = z.string().max(128).optional().catch(undefined)

/** What the address of the history says; whatever it says wrongly is left out. Days are the reader's own. */
export const HistoryParams = z.object({
  /** What is listed; calls unless it says chats. */
  kind: z.literal('chats').optional().catch(undefined),
  page: z.coerce.number().int().min(1).optional().catch(undefined),
  agent: id,
  worker: id,
  urgency: Urgency.optional().catch(undefined),
  /** Of chats, which belong to everybody: those in which the viewer wrote, or for a manager their agents too. */
  whose: z.enum(['me', 'team']).optional().catch(undefined),
  /** Of chats; calls in the history have ended. */
  status: CallStatus.optional().catch(undefined),
  from: day,
  to: day,
})
export type HistoryParams = z.infer<typeof HistoryParams>
