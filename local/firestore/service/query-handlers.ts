import { invalidArgument } from '../errors.ts'
import { parseParentName } from '../names/resource-name.ts'
import { aggregate, aggregatedQuery, parseAggregations } from '../query/aggregate.ts'
import { nearest, parseFindNearest } from '../query/find-nearest.ts'
import { parseQuery } from '../query/parse-query.ts'
import type { AggregationInput, StructuredQuery } from '../query/structured-query.ts'
import { fromMicros } from '../values/timestamp.ts'
import type { ExplainInput } from './explain.ts'
import { executionStats, planSummary } from './explain.ts'
import type { FindDatabase } from './open-database.ts'
import type { Consistency } from './reader.ts'
import { openReader } from './reader.ts'
import { documentName, wireDocument } from './wire.ts'

export interface RunQueryRequest extends Consistency {
  readonly parent?: string
  readonly structuredQuery?: StructuredQuery
  readonly explainOptions?: ExplainInput | null
}

export async function* runQueryRequest(find: FindDatabase, request: RunQueryRequest): AsyncGenerator<object> {
  const { database } = parseParentName(request.parent)
  const query = parseQuery(request.parent, request.structuredQuery)
  const search = parseFindNearest(request.structuredQuery?.findNearest)
  const open = find(database)
  open.checkIndexes(query, search && { vector: { path: search.path, dimension: search.vector.length } })
  if (request.explainOptions && request.explainOptions.analyze !== true) {
    yield { explainMetrics: { planSummary: planSummary(query) } }
    return
  }
  const reader = openReader(open, request)
  if (reader.began !== undefined) yield { transaction: reader.began }
  const startedAt = performance.now()
  const found = await reader.query(query)
  const documents = search === undefined ? found : nearest(search, found)
  const explained = request.explainOptions && {
    explainMetrics: {
      planSummary: planSummary(query),
      executionStats: executionStats(found.length, documents.length, performance.now() - startedAt),
    },
  }
  const readTime = fromMicros(reader.readTime)
  const last = documents.at(-1)
  for (const document of documents) {
    const answer = { document: wireDocument(database, document, query.select), readTime }
    yield document === last ? { ...answer, ...explained } : answer
  }
  if (last === undefined) yield { readTime, skippedResults: query.offset, ...explained }
}

export interface RunAggregationQueryRequest extends Consistency {
  readonly parent?: string
  readonly structuredAggregationQuery?: {
    readonly structuredQuery?: StructuredQuery
    readonly aggregations?: readonly AggregationInput[]
  }
  readonly explainOptions?: ExplainInput | null
}

export async function* runAggregationQuery(
  find: FindDatabase,
  request: RunAggregationQueryRequest,
): AsyncGenerator<object> {
  const { database } = parseParentName(request.parent)
  const { structuredQuery, aggregations: inputs } = request.structuredAggregationQuery ?? {}
  const aggregations = parseAggregations(inputs)
  const plain = parseQuery(request.parent, structuredQuery)
  const open = find(database)
  open.checkIndexes(plain, {
    aggregated: aggregations.flatMap(({ path }) => (path === undefined ? [] : [path])),
  })
  if (request.explainOptions && request.explainOptions.analyze !== true) {
    yield { explainMetrics: { planSummary: planSummary(plain) } }
    return
  }
  const reader = openReader(open, request)
  if (reader.began !== undefined) yield { transaction: reader.began }
  const startedAt = performance.now()
  const documents = await reader.query(aggregatedQuery(plain, aggregations))
  yield {
    result: { aggregateFields: aggregate(aggregations, documents) },
    readTime: fromMicros(reader.readTime),
    ...(request.explainOptions && {
      explainMetrics: {
        planSummary: planSummary(plain),
        executionStats: executionStats(documents.length, 1, performance.now() - startedAt),
      },
    }),
  }
}

export interface PartitionQueryRequest extends Consistency {
  readonly parent?: string
  readonly structuredQuery?: StructuredQuery
  readonly partitionCount?: string
  readonly pageSize?: number
  readonly pageToken?: string
}

/** Names that cut a collection group into parts of about the same size, in order. */
export async function partitionQuery(find: FindDatabase, request: PartitionQueryRequest): Promise<object> {
  const { database } = parseParentName(request.parent)
  const query = parseQuery(request.parent, request.structuredQuery)
  if (query.scope.kind !== 'group') throw invalidArgument('Only collection group queries can be partitioned.')
  const count = Number(request.partitionCount ?? 0)
  if (count <= 0) throw invalidArgument('partition_count must be greater than zero.')
  const documents = await openReader(find(database), request).query(query)
  const cuts = Math.min(count, documents.length - 1)
  const partitions = Array.from({ length: Math.max(cuts, 0) }, (_, index) => {
    const path = documents[Math.floor(((index + 1) * documents.length) / (cuts + 1))]?.path ?? ''
    return { values: [{ referenceValue: documentName(database, path) }], before: true }
  })
  const from = Number(request.pageToken ?? 0)
  const to = request.pageSize ? from + request.pageSize : partitions.length
  return {
    partitions: partitions.slice(from, to),
    ...(to < partitions.length && { nextPageToken: String(to) }),
  }
}
