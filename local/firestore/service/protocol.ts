import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

import type { ServiceDefinition, UntypedHandleCall } from '@grpc/grpc-js'
import { fromJSON } from '@grpc/proto-loader'

import type { FirestoreError } from '../errors.ts'
import { invalidArgument } from '../errors.ts'

/** Production refuses larger requests. */
const MAX_REQUEST_BYTES = 10 * 1_024 * 1_024

const SERVICE = 'google.firestore.v1.Firestore'

/** Stands in for a request that could not be read, so that the caller is told why. */
export interface Refused {
  readonly refused: FirestoreError
}

type Methods = Record<string, { requestDeserialize: (bytes: Buffer) => object }>

/**
 * The Firestore service as `@google-cloud/firestore` ships it, so that server and client always speak the same version.
 * 64-bit integers are strings, oneofs name the field that is set, zeros are left out.
 */
export function loadFirestoreService(): ServiceDefinition<Record<string, UntypedHandleCall>> {
  const require = createRequire(import.meta.url)
  const folder = dirname(require.resolve('@google-cloud/firestore/package.json'))
  const descriptor = JSON.parse(readFileSync(join(folder, 'build/protos/v1.json'), 'utf8')) as object
  const definition = fromJSON(descriptor, { longs: String, enums: String, oneofs: true })
  const methods = definition[SERVICE] as unknown as Methods | undefined
  if (methods === undefined) throw new Error(`@google-cloud/firestore ships no ${SERVICE}`)
  return Object.fromEntries(
    Object.entries(methods).map(([name, method]) => [
      name,
      { ...method, requestDeserialize: guarded(method.requestDeserialize) },
    ]),
  ) as unknown as ServiceDefinition<Record<string, UntypedHandleCall>>
}

function guarded(deserialize: (bytes: Buffer) => object): (bytes: Buffer) => object {
  return (bytes) => {
    if (bytes.length > MAX_REQUEST_BYTES) {
      const refused = invalidArgument(`Request payload size exceeds the limit: ${MAX_REQUEST_BYTES} bytes.`)
      return { refused } satisfies Refused
    }
    try {
      return deserialize(bytes)
    } catch {
      return { refused: invalidArgument('The request could not be decoded.') } satisfies Refused
    }
  }
}
