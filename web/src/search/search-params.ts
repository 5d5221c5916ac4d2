import { CallStatus, Urgency } from '@lifeline/functions/contract'
import { z } from 'zod'
import { startOfDay } from '../ui/day.ts'

const day = z
  .string()
  .regex(/^\d{4}-\d\d-\d\d$/)
  .optional()
  .catch(undefined)
const id = z.string().max(128).optional().catch(undefined)

/** What the address of the search page says; whatever it says wrongly is left out. Days are the reader's own. */
export const SearchParams = z.object({
  q: z.string().max(200).optional().catch(undefined),
  urgency: Urgency.optional().catch(undefined),
  status: CallStatus.optional().catch(undefined),
  worker: id,
  admin: id,
  from: day,
  to: day,
  sort: z.literal('newest').optional().catch(undefined),
})
export type SearchParams = z.infer<typeof SearchParams>

/** The query of the API for it; the day `to` is searched whole. */
export function toQuery({
  q = '',
  urgency,
  status,
  worker,
  admin,
  from,
  to,
  sort,
}: SearchParams): URLSearchParams {
  const query = new URLSearchParams({ q: q.trim() })
  const given = {
    urgency,
    status,
    worker_id: worker,
    admin_id: admin,
    from: from && startOfDay(from, 0),
    to: to && startOfDay(to, 1),
    sort,
  }
  for (const [name, value] of Object.entries(given))
    if (value !== undefined && value !== '') query.set(name, value)
  return query
}
