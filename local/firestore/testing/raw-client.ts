import type { ClientDuplexStream, ClientReadableStream } from '@grpc/grpc-js'
import { credentials, makeClientConstructor, Metadata } from '@grpc/grpc-js'

import { loadFirestoreService } from '../service/protocol.ts'

type Answer = Record<string, unknown>

/** A gRPC client without the SDK's care: it sends whatever it is told to. */
export interface RawClient {
  readonly call: (method: string, request: object | Buffer, authorization?: string) => Promise<Answer>
  readonly stream: (method: string, request: object, authorization?: string) => Promise<Answer[]>
  /** A stream of answers that the caller reads, and may cancel. */
  readonly open: (method: string, request: object) => ClientReadableStream<Answer>
  readonly duplex: (method: string, authorization?: string) => ClientDuplexStream<object, Answer>
  readonly close: () => void
}

const OWNER = 'Bearer owner'

export function rawClient(port: number): RawClient {
  const definition = loadFirestoreService()
  // Bytes are sent as they are, so that tests can send what no encoder would.
  const methods = Object.fromEntries(
    Object.entries(definition).map(([name, method]) => [
      name,
      {
        ...method,
        requestSerialize: (request: unknown) =>
          Buffer.isBuffer(request) ? request : method.requestSerialize(request),
      },
    ]),
  )
  const client = new (makeClientConstructor(methods, 'Firestore'))(
    `127.0.0.1:${port}`,
    credentials.createInsecure(),
  )
  const method = (name: string) => (client[name] as (...args: unknown[]) => unknown).bind(client)
  const headers = (authorization: string) => {
    const metadata = new Metadata()
    if (authorization !== '') metadata.set('authorization', authorization)
    return metadata
  }
  return {
    call: (name, request, authorization = OWNER) =>
      new Promise((resolve, reject) => {
        method(name)(request, headers(authorization), (error: Error | null, answer: Answer) =>
          error === null ? resolve(answer) : reject(error),
        )
      }),
    stream: (name, request, authorization = OWNER) =>
      new Promise((resolve, reject) => {
        const answers: Answer[] = []
        const call = method(name)(request, headers(authorization)) as ClientReadableStream<Answer>
        call.on('data', (answer: Answer) => answers.push(answer))
        call.on('error', reject)
        call.on('end', () => resolve(answers))
      }),
    open: (name, request) => method(name)(request, headers(OWNER)) as ClientReadableStream<Answer>,
    duplex: (name, authorization = OWNER) =>
      method(name)(headers(authorization)) as ClientDuplexStream<object, Answer>,
    close: () => client.close(),
  }
}
