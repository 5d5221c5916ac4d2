import { Firestore } from '@google-cloud/firestore'
import type { CollectionReference, Settings } from '@google-cloud/firestore'
import { afterAll, beforeAll } from 'vitest'

import type { FirestoreServer, FirestoreServerOptions } from '../server.ts'
import { startFirestoreServer } from '../server.ts'

/** A running server and clients of it, for the tests of one file. */
export interface FirestoreUnderTest {
  readonly server: () => FirestoreServer
  /** The client that most tests share. */
  readonly firestore: () => Firestore
  /** Another client, ended after the tests. */
  readonly connect: (settings?: Settings) => Firestore
  /** A collection that no other test knows. */
  readonly collection: () => CollectionReference
}

/** A client of a server on this machine, as the SDKs make one from FIRESTORE_EMULATOR_HOST. */
export function connectTo(port: number, settings: Settings = {}): Firestore {
  // Else the client looks for a metadata server of Google's, which no test machine has.
  process.env['METADATA_SERVER_DETECTION'] ??= 'none'
  return new Firestore({ projectId: 'demo-test', host: `127.0.0.1:${port}`, ssl: false, ...settings })
}

/** Starts a server before the tests of the file and ends it after them. */
export function useFirestore(options: Partial<FirestoreServerOptions> = {}): FirestoreUnderTest {
  let server: FirestoreServer | undefined
  let shared: Firestore | undefined
  const clients: Firestore[] = []
  let collections = 0
  const running = () => {
    if (server === undefined) throw new Error('The server runs only while tests do.')
    return server
  }
  const connect = (settings: Settings = {}) => {
    const client = connectTo(running().port, settings)
    clients.push(client)
    return client
  }
  const firestore = () => (shared ??= connect())
  beforeAll(async () => {
    server = await startFirestoreServer({ port: 0, ...options })
  })
  afterAll(async () => {
    await Promise.all(clients.map((client) => client.terminate()))
    await running().close()
  })
  return {
    server: running,
    firestore,
    connect,
    collection: () => firestore().collection(`collection-${++collections}`),
  }
}
