import { once } from 'node:events'

import type {
  sendUnaryData,
  Server,
  ServerDuplexStream,
  ServerUnaryCall,
  ServerWritableStream,
  ServiceError,
} from '@grpc/grpc-js'
import { Metadata, status } from '@grpc/grpc-js'

import { FirestoreError, permissionDenied } from '../errors.ts'
import { batchGetDocuments, getDocument, listCollectionIds, listDocuments } from './document-handlers.ts'
import type { ListenRequest } from './listen-handler.ts'
import { listen } from './listen-handler.ts'
import type { FindDatabase } from './open-database.ts'
import type { Refused } from './protocol.ts'
import { loadFirestoreService } from './protocol.ts'
import { partitionQuery, runAggregationQuery, runQueryRequest } from './query-handlers.ts'
import { createDocument, deleteDocument, updateDocument } from './single-write-handlers.ts'
import { batchWrite, begin, commit, rollback } from './write-handlers.ts'

const MAX_MESSAGE_LENGTH = 2_000

/** Called with what should never be thrown; the caller of the RPC only learns INTERNAL. */
export type ReportError = (error: unknown) => void

/** Adds the Firestore service to a gRPC server. Only `Authorization: Bearer owner` is let in. */
export function registerFirestore(server: Server, find: FindDatabase, report: ReportError): void {
  const unary = <Request extends object>(handler: (find: FindDatabase, request: Request) => unknown) => {
    return async (call: ServerUnaryCall<Request | Refused, object>, done: sendUnaryData<object>) => {
      try {
        done(null, (await handler(find, admitted(call.metadata, call.request))) as object)
      } catch (error) {
        done(statusOf(error, report))
      }
    }
  }
  const streaming = <Request extends object>(
    handler: (find: FindDatabase, request: Request) => AsyncIterable<object>,
  ) => {
    return async (call: ServerWritableStream<Request | Refused, object>) => {
      announce(call)
      try {
        await writeAll(call, handler(find, admitted(call.metadata, call.request)))
        call.end()
      } catch (error) {
        // Not destroy(): that would drop the call without sending its status.
        call.emit('error', statusOf(error, report))
      }
    }
  }
  const implementation = {
    GetDocument: unary(getDocument),
    ListDocuments: unary(listDocuments),
    CreateDocument: unary(createDocument),
    UpdateDocument: unary(updateDocument),
    DeleteDocument: unary(deleteDocument),
    BatchGetDocuments: streaming(batchGetDocuments),
    BeginTransaction: unary(begin),
    Commit: unary(commit),
    Rollback: unary(rollback),
    BatchWrite: unary(batchWrite),
    RunQuery: streaming(runQueryRequest),
    RunAggregationQuery: streaming(runAggregationQuery),
    PartitionQuery: unary(partitionQuery),
    ListCollectionIds: unary(listCollectionIds),
    Listen: (call: ServerDuplexStream<ListenRequest | Refused, object>) => {
      announce(call)
      const fail = (error: unknown) => call.emit('error', statusOf(error, report))
      try {
        authorize(call.metadata)
        listen(find, call, fail)
      } catch (error) {
        fail(error)
      }
    },
  }
  server.addService(loadFirestoreService(), implementation)
}

/**
 * Sends the headers of a stream. The Node client takes an error without headers for a server that did not answer, and
 * tries again for some eight seconds before it tells its caller.
 */
function announce(call: { readonly sendMetadata: (metadata: Metadata) => void }): void {
  call.sendMetadata(new Metadata())
}

function admitted<Request extends object>(metadata: Metadata, request: Request | Refused): Request {
  authorize(metadata)
  if ('refused' in request) throw request.refused
  return request
}

/** The rules deny every client, so whoever is not the Admin SDK has no business here. */
function authorize(metadata: Metadata): void {
  if (!metadata.get('authorization').includes('Bearer owner')) {
    throw permissionDenied('Missing or insufficient permissions.')
  }
}

function statusOf(error: unknown, report: ReportError): ServiceError {
  if (!(error instanceof FirestoreError)) report(error)
  const known =
    error instanceof FirestoreError ? error : new FirestoreError(status.INTERNAL, 'Internal error.')
  // The message travels in a header, which holds neither half a character nor a whole document name of any length.
  const details = known.message.slice(0, MAX_MESSAGE_LENGTH).toWellFormed()
  return Object.assign(known, { details }) as unknown as ServiceError
}

/** Writes as fast as the client reads; stops quietly once it is gone. */
async function writeAll(
  call: ServerWritableStream<unknown, object>,
  messages: AsyncIterable<object>,
): Promise<void> {
  const gone = new AbortController()
  call.once('cancelled', () => gone.abort())
  for await (const message of messages) {
    if (gone.signal.aborted) return
    if (!call.write(message)) {
      await once(call, 'drain', { signal: gone.signal }).catch((error: unknown) => {
        if (!gone.signal.aborted) throw error
      })
    }
  }
}
