import { once } from 'node:events'
import type { AddressInfo, Socket } from 'node:net'

import { Server, ServerCredentials } from '@grpc/grpc-js'

import { createControlServer } from './control/control-server.ts'
import { createOnePortServer } from './control/one-port.ts'
import { Databases } from './databases.ts'
import { loadIndexRules } from './indexes/index-rules.ts'
import type { ReportError } from './service/register.ts'
import { registerFirestore } from './service/register.ts'
import { openStorage } from './storage.ts'

/** Above production's limit of 10 MiB, so that the answer can say what is wrong. */
const MAX_MESSAGE_BYTES = 64 * 1_024 * 1_024

export interface FirestoreServerOptions {
  /** 0 picks a free port. */
  readonly port: number
  readonly host?: string
  /** Keeps documents over restarts. */
  readonly dataDir?: string
  /** `firestore.indexes.json`: queries that production could not serve with these indexes fail as they would there. */
  readonly indexesFile?: string
  /** Milliseconds since 1970. */
  readonly now?: () => number
  /** Called with errors that are the server's own fault. */
  readonly report?: ReportError
}

export interface FirestoreServer {
  readonly port: number
  readonly host: string
  /** Ends all connections and frees the port. */
  readonly close: () => Promise<void>
}

const LOOPBACK = /^(?:127(?:\.\d{1,3}){3}|::1|localhost)$/

const systemTime = () => performance.timeOrigin + performance.now()

const warn = (error: unknown) =>
  process.emitWarning(error instanceof Error ? error : new Error(String(error)), 'FirestoreServerWarning')

/**
 * Starts the embedded Firestore: the gRPC service for the Admin SDK, and the control interface, on one port.
 * Rejects when the port cannot be had or the data or indexes cannot be read.
 */
export async function startFirestoreServer(options: FirestoreServerOptions): Promise<FirestoreServer> {
  const { port, host = '127.0.0.1', dataDir, indexesFile, now = systemTime, report = warn } = options
  // Whoever reaches the port is the owner of all data, so no other machine may.
  if (!LOOPBACK.test(host))
    throw new Error(`The embedded Firestore binds to this machine only, not to ${host}.`)
  const checkIndexes = indexesFile === undefined ? () => undefined : loadIndexRules(indexesFile)
  const storage = dataDir === undefined ? undefined : openStorage(dataDir)
  const databases = new Databases(now, (database, commit) => storage?.append(database, commit), checkIndexes)
  storage?.restore(databases)
  const grpc = new Server({
    'grpc.max_receive_message_length': MAX_MESSAGE_BYTES,
    'grpc.max_send_message_length': -1,
  })
  registerFirestore(grpc, (name) => databases.find(name), report)
  const injector = grpc.createConnectionInjector(ServerCredentials.createInsecure())
  const control = createControlServer((name) => databases.clear(name))
  const sockets = new Set<Socket>()
  const listener = createOnePortServer({
    http2: (socket) => injector.injectConnection(socket),
    http1: (socket) => control.emit('connection', socket),
  })
  listener.on('connection', (socket: Socket) => {
    socket.setNoDelay(true)
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  listener.listen(port, host)
  try {
    await once(listener, 'listening')
  } catch (error) {
    storage?.close()
    throw error
  }
  const address = listener.address() as AddressInfo
  return {
    port: address.port,
    host,
    close: async () => {
      const closed = once(listener, 'close')
      listener.close()
      injector.destroy()
      grpc.forceShutdown()
      for (const socket of sockets) socket.destroy()
      await closed
      storage?.close()
    },
  }
}
