import { loadsEverything } from '../query/query.ts'
import type { Bound, Query } from '../query/query.ts'
import { formatPath } from '../tree/path.ts'
import type { RuleQuery } from './expression/types.ts'

/** What rules see of a read that asks for a whole location (notes section 5). */
export const plainRead: RuleQuery = {
  orderByKey: true,
  orderByValue: false,
  orderByPriority: false,
  orderByChild: null,
  startAt: null,
  endAt: null,
  equalTo: null,
  limitToFirst: null,
  limitToLast: null,
}

/** The `query` variable of `.read` rules. Both ends on one value are an `equalTo`, for that is how clients send it. */
export function toRuleQuery(query: Query): RuleQuery {
  const { index, start, end, limit } = query
  if (index.kind === 'priority' && loadsEverything(query)) return plainRead
  return {
    orderByKey: index.kind === 'key',
    orderByValue: index.kind === 'value',
    orderByPriority: index.kind === 'priority',
    orderByChild: index.kind === 'child' ? formatPath(index.path) : null,
    startAt: start?.value ?? null,
    endAt: end?.value ?? null,
    equalTo: isOneValue(start, end) ? start.value : null,
    limitToFirst: limit?.from === 'first' ? limit.count : null,
    limitToLast: limit?.from === 'last' ? limit.count : null,
  }
}

function isOneValue(start: Bound | undefined, end: Bound | undefined): start is Bound {
  return (
    start !== undefined && end !== undefined && start.inclusive && end.inclusive && start.value === end.value
  )
}
