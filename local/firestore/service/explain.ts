import type { Query } from '../query/query.ts'
import { formatFieldPath } from '../values/field-path.ts'

export interface ExplainInput {
  readonly analyze?: boolean
}

const text = (value: string): object => ({ stringValue: value })

/** How a query is served: one index for each alternative, in the notation of production. */
export function planSummary(query: Query): object {
  const orders = query.orders.map(
    ({ path, descending }) => `${formatFieldPath(path)} ${descending ? 'DESC' : 'ASC'}`,
  )
  const indexes = query.anyOf.map(({ equal, contains }) =>
    [
      ...equal.map(({ path }) => `${formatFieldPath(path)} ASC`),
      ...contains.map(({ path }) => `${formatFieldPath(path)} CONTAINS`),
      ...orders,
    ].join(', '),
  )
  return {
    indexesUsed: [...new Set(indexes)].map((properties) => ({
      fields: {
        query_scope: text(query.scope.kind === 'collection' ? 'Collection' : 'Collection group'),
        properties: text(`(${properties})`),
      },
    })),
  }
}

/** What running it took. @param elapsedMs milliseconds. */
export function executionStats(read: number, returned: number, elapsedMs: number): object {
  const nanos = Math.max(1, Math.round(elapsedMs * 1e6))
  return {
    resultsReturned: String(returned),
    executionDuration: { seconds: String(Math.floor(nanos / 1e9)), nanos: nanos % 1e9 },
    // A query that finds nothing is one read, too.
    readOperations: String(Math.max(1, read)),
    debugStats: { fields: { documents_scanned: text(String(read)) } },
  }
}
