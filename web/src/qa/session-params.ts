import { SessionListQuery, type SessionStatus } from '@lifeline/functions/contract'
import { z } from 'zod'
import { startOfDay } from '../ui/day.ts'

const day = z
  .string()
  .regex(/^\d{4}-\d\d-\d\d$/)
  .optional()
  .catch(undefined)

/** What the address of the list of sessions says; whatever it says wrongly is left out. Days are the reader's own. */
export const SessionParams = z.object({
  q: z.string().max(200).optional().catch(undefined),
  /** `active`: pending or in progress, which are the same to whoever waits. */
  status: z.enum(['active', 'completed', 'failed']).optional().catch(undefined),
  prospect: z.string().max(200).optional().catch(undefined),
  from: day,
  to: day,
  sort: SessionListQuery.shape.sort_by.unwrap().optional().catch(undefined),
  order: z.literal('asc').optional().catch(undefined),
  page: z.coerce.number().int().min(1).max(10_000).optional().catch(undefined),
})
export type SessionParams = z.infer<typeof SessionParams>

/** Sessions of one page. */
const PAGE_SIZE = 20

const STATUSES: Record<NonNullable<SessionParams['status']>, readonly SessionStatus[]> = {
  active: ['pending', 'in_progress'],
  completed: ['completed'],
  failed: ['failed'],
}

/** The query of the API for it; the day `to` is listed whole. */
export function toSessionQuery(params: SessionParams): URLSearchParams {
  const { q = '', status, prospect, from, to, sort, order, page = 1 } = params
  const query = new URLSearchParams({ page: `${page}`, page_size: `${PAGE_SIZE}` })
  const given = {
    search_query: q.trim(),
    status_filter: status === undefined ? undefined : STATUSES[status].join(','),
    prospect_id: prospect?.trim(),
    date_from: from && startOfDay(from, 0),
    date_to: to && startOfDay(to, 1),
    sort_by: sort,
    sort_order: order,
  }
  for (const [name, value] of Object.entries(given)) {
    if (value !== undefined && value !== '') query.set(name, value)
  }
  return query
}

/** Whether anything but the order and the page was asked for. */
export const isFiltered = ({ q = '', status, prospect, from, to }: SessionParams): boolean =>
  [q, status, prospect, from, to].some((value) => value !== undefined && value !== '')
