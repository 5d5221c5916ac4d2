import { Urgency } from '@lifeline/functions/contract'
import { z } from 'zod'

const day = z
  .string()
  .regex(/^\d{4}-\d\d-\d\d$/)
  .optional()
  .catch(undefined)
const id = z.string().max(128).optional().catch(undefined)

/** What the address of the history says; whatever it says wrongly is left out. Days are the reader's own. */
export const HistoryParams = z.object({
  page: z.coerce.number().int().min(1).optional().catch(undefined),
  agent: id,
  worker: id,
  urgency: Urgency.optional().catch(undefined),
  from: day,
  to: day,
})
export type HistoryParams = z.infer<typeof HistoryParams>
