import type { ServerDuplexStream } from '@grpc/grpc-js'

import { FirestoreError, invalidArgument } from '../errors.ts'
import type { TargetRequest } from '../listen/listen-stream.ts'
import { ListenStream } from '../listen/listen-stream.ts'
import { versionOf } from '../listen/resume-token.ts'
import type { Target } from '../listen/target.ts'
import { documentsTarget, queryTarget } from '../listen/target.ts'
import { parseDatabaseName, parseDocumentName, parseParentName } from '../names/resource-name.ts'
import { parseQuery } from '../query/parse-query.ts'
import type { StructuredQuery } from '../query/structured-query.ts'
import type { TimestampInput } from '../values/timestamp.ts'
import { toMicros } from '../values/timestamp.ts'
import type { FindDatabase, OpenDatabase } from './open-database.ts'
import type { Refused } from './protocol.ts'
import { wireDocument } from './wire.ts'

export interface TargetInput {
  readonly targetType?: string
  readonly query?: { readonly parent?: string; readonly structuredQuery?: StructuredQuery }
  readonly documents?: { readonly documents?: readonly string[] }
  readonly resumeType?: string
  readonly resumeToken?: Uint8Array
  readonly readTime?: TimestampInput
  readonly targetId?: number
  readonly once?: boolean
}

export interface ListenRequest {
  readonly database?: string
  readonly targetChange?: string
  readonly addTarget?: TargetInput
  readonly removeTarget?: number
}

/**
 * Serves one Listen stream until either side ends it.
 * @param fail ends the call with an error.
 */
export function listen(
  find: FindDatabase,
  call: ServerDuplexStream<ListenRequest | Refused, object>,
  fail: (error: unknown) => void,
): void {
  let open: OpenDatabase | undefined
  let stream: ListenStream | undefined
  const close = () => stream?.close()
  call.on('data', (request: ListenRequest | Refused) => {
    try {
      if ('refused' in request) throw request.refused
      const name = parseDatabaseName(request.database)
      if (open === undefined || stream === undefined) {
        const { database, watchers } = (open = find(name))
        stream = new ListenStream(database, watchers, call, (document) => wireDocument(name, document))
      }
      if (open.database.name !== name) throw invalidArgument('A stream listens to one database.')
      handle(open, stream, request)
    } catch (error) {
      close()
      fail(error)
    }
  })
  call.on('end', () => {
    close()
    call.end()
  })
  call.on('cancelled', close)
  call.on('error', close)
}

function handle(open: OpenDatabase, stream: ListenStream, request: ListenRequest): void {
  if (request.targetChange === 'removeTarget') return stream.remove(request.removeTarget ?? 0)
  if (request.targetChange !== 'addTarget') throw invalidArgument('A request must add or remove a target.')
  const input = request.addTarget ?? {}
  // A target's own mistakes end the target; the stream and its other targets go on.
  try {
    stream.add(parseRequest(input), parseTarget(open, input))
  } catch (error) {
    if (!(error instanceof FirestoreError)) throw error
    stream.refuse(input.targetId ?? 0, error)
  }
}

function parseTarget({ database, checkIndexes }: OpenDatabase, input: TargetInput): Target {
  if (input.targetType === 'query') {
    checkDatabase(database.name, parseParentName(input.query?.parent).database)
    const query = parseQuery(input.query?.parent, input.query?.structuredQuery)
    checkIndexes(query)
    return queryTarget(database, query)
  }
  if (input.targetType !== 'documents') throw invalidArgument('A target must be a query or documents.')
  return documentsTarget(
    database,
    new Set(
      (input.documents?.documents ?? []).map((name) => {
        const parsed = parseDocumentName(name)
        checkDatabase(database.name, parsed.database)
        return parsed.path
      }),
    ),
  )
}

function checkDatabase(own: string, named: string): void {
  if (own !== named) throw invalidArgument(`The target does not belong to the database "${own}".`)
}

function parseRequest(input: TargetInput): TargetRequest {
  const isResumed = input.resumeType === 'resumeToken' && (input.resumeToken?.length ?? 0) > 0
  const version = isResumed ? versionOf(input.resumeToken ?? new Uint8Array()) : undefined
  return {
    targetId: input.targetId ?? 0,
    resumeFrom: input.resumeType === 'readTime' ? toMicros(input.readTime ?? {}) : version,
    isForgotten: isResumed && version === undefined,
    once: input.once ?? false,
  }
}
