import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

import { Namespace } from './namespace.ts'
import { Namespaces } from './namespaces.ts'
import { createRestHandler } from './rest/handler.ts'
import { compileRules } from './rules/compile.ts'
import { openRules } from './rules/rule-set.ts'
import type { DatabaseStats } from './server-context.ts'
import { DataFolder } from './storage/data-folder.ts'
import { exportDatabases, importDatabases } from './storage/export-folder.ts'
import { TriggerDispatcher } from './triggers/dispatcher.ts'
import { FunctionsEmulator } from './triggers/functions-emulator.ts'
import { createWebSocketEndpoint } from './websocket/endpoint.ts'

export interface DatabaseServerOptions {
  /** 0 takes any free port. */
  readonly port: number
  readonly host?: string
  /** Keeps data over a restart when given. */
  readonly dataDir?: string
  /** Where the functions emulator is, such as `http://127.0.0.1:5001`; without it no trigger fires. */
  readonly functionsOrigin?: string
  readonly project: string
  /** Milliseconds since the epoch. */
  readonly now?: () => number
}

export interface DatabaseServer {
  readonly port: number
  readonly origin: string
  stats(): DatabaseStats
  /** Writes all data into a folder, in the form of `emulators:export` of firebase-tools. */
  exportTo(folder: string): void
  /** Replaces the data of every namespace that an export of that form holds. */
  importFrom(folder: string): void
  /** Ends all connections (their on-disconnect writes run) and frees the port. */
  close(): Promise<void>
}

/** Starts an embedded Realtime Database; resolves when it takes connections. Rejects when the port is taken. */
export async function startDatabaseServer(options: DatabaseServerOptions): Promise<DatabaseServer> {
  const { port, host = '127.0.0.1', now = Date.now } = options
  const dataFolder = options.dataDir === undefined ? null : openDataFolder(options.dataDir)
  const triggers = startTriggers(options)
  const open = (name: string): Namespace => {
    const namespace = openNamespace(name, now, dataFolder)
    if (triggers !== null) namespace.onCommit((commit) => triggers.dispatch(commit))
    return namespace
  }
  const namespaces = new Namespaces(open)
  for (const name of dataFolder?.names() ?? []) namespaces.get(name)
  const webSockets = createWebSocketEndpoint({ namespaces, now })
  const stats = (): DatabaseStats => ({
    connections: webSockets.connections,
    listens: Object.fromEntries(namespaces.all().map((namespace) => [namespace.name, namespace.listens()])),
  })

  const rest = createRestHandler({ namespaces, now, stats })
  const server = createServer((request, response) => {
    if (isLongPoll(request)) refuseLongPoll(response)
    else rest(request, response)
  })
  server.on('upgrade', (request, socket, head) => webSockets.upgrade(request, socket, head))
  const address = await listen(server, port, host).catch(async (error: unknown) => {
    webSockets.close()
    await dataFolder?.close()
    throw error
  })
  return {
    port: address.port,
    origin: `http://${host}:${address.port}`,
    stats,
    exportTo: (folder) => exportDatabases(namespaces, folder),
    importFrom: (folder) => importDatabases(namespaces, folder),
    close: async () => {
      webSockets.close()
      const closed = new Promise<void>((done) => {
        server.close(() => done())
      })
      server.closeAllConnections()
      await closed
      await triggers?.close()
      await dataFolder?.close()
    },
  }
}

function startTriggers({ functionsOrigin, project }: DatabaseServerOptions): TriggerDispatcher | null {
  if (functionsOrigin === undefined) return null
  return new TriggerDispatcher(new FunctionsEmulator({ origin: functionsOrigin, project }))
}

async function listen(server: Server, port: number, host: string): Promise<AddressInfo> {
  const { promise: listening, resolve, reject } = Promise.withResolvers<void>()
  server.once('error', reject)
  server.listen(port, host, resolve)
  await listening
  server.off('error', reject)
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The server has no port')
  return address
}

function openDataFolder(folder: string): DataFolder {
  return new DataFolder(folder, {
    onCompactionError: (cause) =>
      process.emitWarning(new Error('A snapshot could not be written', { cause })),
  })
}

function openNamespace(name: string, now: () => number, dataFolder: DataFolder | null): Namespace {
  if (dataFolder === null) return new Namespace({ name, now })
  const journal = dataFolder.open(name)
  const { root, rulesSource } = journal.state
  const rules = rulesSource === null ? openRules : compileRules(rulesSource)
  return new Namespace({ name, now, journal, stored: { root, rules, rulesSource } })
}

/** The older transport of browsers. A page that uses an emulator has to call `forceWebSockets()`. */
function isLongPoll({ url = '' }: IncomingMessage): boolean {
  return url === '/.lp' || url.startsWith('/.lp?')
}

function refuseLongPoll(response: ServerResponse): void {
  response.writeHead(400, { 'content-type': 'application/json; charset=utf-8' })
  response.end(JSON.stringify({ error: 'Long polling is not offered here: use forceWebSockets()' }))
}
