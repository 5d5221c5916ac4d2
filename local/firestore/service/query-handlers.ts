import { invalidArgument } from '../errors.ts'
import { parseParentName } from '../names/resource-name.ts'
import { aggregate, aggregatedQuery, parseAggregations } from '../query/aggregate.ts'
import { parseQuery } from '../query/parse-query.ts'
import type { AggregationInput, StructuredQuery } from '../query/structured-query.ts'
import { fromMicros } from '../values/timestamp.ts'
import type { FindDatabase } from './open-database.ts'
import type { Consistency } from './reader.ts'
import { openReader } from './reader.ts'
import { documentName, wireDocument } from './wire.ts'

export interface RunQueryRequest extends Consistency {
  readonly parent?: string
  readonly structuredQuery?: StructuredQuery
}

export async function* runQueryRequest(find: FindDatabase, request: RunQueryRequest): AsyncGenerator<object> {
  const { database } = parseParentName(request.parent)
  const query = parseQuery(request.parent, request.structuredQuery)
  const reader = openReader(find(database), request)
  if (reader.began !== undefined) yield { transaction: reader.began }
  const documents = await reader.query(query)
  const readTime = fromMicros(reader.readTime)
  for (const document of documents) {
    yield { document: wireDocument(database, document, query.select), readTime }
  }
  if (documents.length === 0) yield { readTime, skippedResults: query.offset }
}

export interface RunAggregationQueryRequest extends Consistency {
  readonly parent?: string
  readonly structuredAggregationQuery?: {
    readonly structuredQuery?: StructuredQuery
    readonly aggregations?: readonly AggregationInput[]
  }
}

export async function* runAggregationQuery(
  find: FindDatabase,
  request: RunAggregationQueryRequest,
): AsyncGenerator<object> {
  const { database } = parseParentName(request.parent)
  const { structuredQuery, aggregations: inputs } = request.structuredAggregationQuery ?? {}
  const aggregations = parseAggregations(inputs)
  const query = aggregatedQuery(parseQuery(request.parent, structuredQuery), aggregations)
  const reader = openReader(find(database), request)
  if (reader.began !== undefined) yield { transaction: reader.began }
  const documents = await reader.query(query)
  yield {
    result: { aggregateFields: aggregate(aggregations, documents) },
    readTime: fromMicros(reader.readTime),
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
