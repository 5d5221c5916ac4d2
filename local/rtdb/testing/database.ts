import { randomUUID } from 'node:crypto'

import { deleteApp, initializeApp } from 'firebase/app'
import { connectDatabaseEmulator, enableLogging, getDatabase, goOffline } from 'firebase/database'
import type { Database } from 'firebase/database'
import { onTestFinished } from 'vitest'

import { startDatabaseServer } from '../server.ts'
import type { DatabaseServer, DatabaseServerOptions } from '../server.ts'

enableLogging(false)

/** A database server for one test; closed with it. */
export async function startTestDatabase(
  options: Partial<DatabaseServerOptions> = {},
): Promise<DatabaseServer> {
  const server = await startDatabaseServer({ port: 0, project: 'demo-test', ...options })
  onTestFinished(() => server.close())
  return server
}

type MockUser = NonNullable<Parameters<typeof connectDatabaseEmulator>[3]>['mockUserToken']

interface ClientOptions {
  readonly namespace?: string
  /** An ID token's claims (`sub` is the user), or `owner` for an administrator; nobody by default. */
  readonly user?: MockUser
}

/** The real client SDK on a connection of its own; taken offline with the test. */
export function connectClient(
  server: Pick<DatabaseServer, 'port'>,
  { namespace = 'test', user }: ClientOptions = {},
): Database {
  const app = initializeApp(
    { projectId: 'demo-test', databaseURL: `http://example.invalid?ns=${namespace}` },
    randomUUID(),
  )
  const database = getDatabase(app)
  connectDatabaseEmulator(
    database,
    '127.0.0.1',
    server.port,
    user === undefined ? {} : { mockUserToken: user },
  )
  onTestFinished(async () => {
    goOffline(database)
    await deleteApp(app)
  })
  return database
}

/** Puts rules in force, as an upload does. */
export async function uploadRules(
  server: Pick<DatabaseServer, 'origin'>,
  rules: object,
  namespace = 'test',
): Promise<void> {
  const response = await fetch(`${server.origin}/.settings/rules.json?ns=${namespace}`, {
    method: 'PUT',
    headers: { authorization: 'Bearer owner' },
    body: JSON.stringify({ rules }),
  })
  if (!response.ok) throw new Error(await response.text())
}
