import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { startFirestoreServer } from '../firestore/server.ts'
import { startDatabaseServer } from '../rtdb/server.ts'
import { fileURLToPath } from 'node:url'
import { startChild, type OnLine } from './child.ts'
import { startFirebaseTools, type ToolsEmulator } from './firebase-tools.ts'

const HOST = '127.0.0.1'

export type SuitePort = 'auth' | 'tasks' | 'functions' | 'database' | 'firestore' | 'hub' | 'logging'

export interface SuiteOptions {
  project: string
  /** Folder of `firebase.json`, and where the tools leave their logs. */
  root: string
  /** The composite indexes that queries may rely on. */
  indexesFile: string
  ports: Record<SuitePort, number>
  /** `embedded`: our own databases; `official`: the ones firebase-tools downloads, which need Java 21. */
  databases: 'embedded' | 'official'
  /** Emulators of firebase-tools besides the databases. */
  tools: readonly ('auth' | 'tasks' | 'functions')[]
  /** Keeps data over a restart when given. */
  dataDir?: string
  /** Where functions for database events will be, when they are not those of `tools`. */
  functionsOrigin?: string
  /** Environment of the functions that the functions emulator runs. */
  env?: NodeJS.ProcessEnv
  /** Told as each part is ready. */
  onReady?: (part: string, address: string, tookMs: number) => void
  onLine?: OnLine
}

export interface Suite {
  /** `host:port` of each part. */
  readonly hosts: Record<'auth' | 'tasks' | 'functions' | 'database' | 'firestore', string>
  /** The variables by which every SDK finds this suite. */
  readonly env: Record<string, string>
  /** Resolves, with the exit code, when the emulators of firebase-tools end. */
  readonly ended: Promise<number | string>
  /** Ends every part, children first. */
  stop(): Promise<void>
}

/** The namespace that a project's default database has, locally as in production. */
export const databaseNamespace = (project: string): string => `${project}-default-rtdb`

/** Brings up the databases, then the emulators of firebase-tools. Whatever came up is stopped again when one fails. */
export async function startSuite(options: SuiteOptions): Promise<Suite> {
  const { ports, project } = options
  const host = (part: SuitePort): string => `${HOST}:${ports[part]}`
  const hosts = {
    auth: host('auth'),
    tasks: host('tasks'),
    functions: host('functions'),
    database: host('database'),
    firestore: host('firestore'),
  }
  const env = {
    GCLOUD_PROJECT: project,
    GOOGLE_CLOUD_PROJECT: project,
    FIREBASE_AUTH_EMULATOR_HOST: hosts.auth,
    FIREBASE_DATABASE_EMULATOR_HOST: hosts.database,
    FIRESTORE_EMULATOR_HOST: hosts.firestore,
    // Google's client libraries ask a metadata server who they are; there is none here, and the question takes a while.
    METADATA_SERVER_DETECTION: 'none',
    ...(options.tools.includes('tasks') && { CLOUD_TASKS_EMULATOR_HOST: hosts.tasks }),
  }
  const stops: (() => Promise<void>)[] = []
  const stop = async (): Promise<void> => {
    for (const each of stops.toReversed()) await each()
  }
  const ready = async <T>(part: string, address: string, start: () => Promise<T>): Promise<T> => {
    const began = performance.now()
    const started = await start()
    options.onReady?.(part, address, performance.now() - began)
    return started
  }

  let ended: Suite['ended']
  try {
    if (options.databases === 'embedded') await startDatabases(options, hosts, ready, stops)
    const tasksAlone = options.tools.includes('tasks') && !options.tools.includes('functions')
    if (tasksAlone) stops.push(await ready('Tasks', hosts.tasks, () => startTasksAlone(options)))
    const official: ToolsEmulator[] = options.databases === 'official' ? ['database', 'firestore'] : []
    const tools = [...options.tools.filter((name) => name !== 'tasks' || !tasksAlone), ...official]
    const child = await ready(`firebase-tools (${tools.join(', ')})`, hosts.auth, async () =>
      startFirebaseTools({
        project,
        root: options.root,
        ports: Object.fromEntries(tools.map((name) => [name, ports[name]])),
        hubPort: ports.hub,
        loggingPort: ports.logging,
        config: await toolsConfig(options),
        env: { ...process.env, ...env, ...options.env },
        ...(options.dataDir !== undefined && { dataDir: join(options.dataDir, 'firebase-tools') }),
        ...(options.onLine && { onLine: options.onLine }),
      }),
    )
    stops.push(() => child.stop())
    ended = child.exited
  } catch (error) {
    await stop()
    throw error
  }
  return { hosts, env, ended, stop }
}

async function startDatabases(
  options: SuiteOptions,
  hosts: Suite['hosts'],
  ready: <T>(part: string, address: string, start: () => Promise<T>) => Promise<T>,
  stops: (() => Promise<void>)[],
): Promise<void> {
  const { dataDir, ports, project, indexesFile } = options
  const functionsOrigin = options.tools.includes('functions')
    ? `http://${hosts.functions}`
    : options.functionsOrigin
  const database = await ready('Realtime Database', hosts.database, () =>
    startDatabaseServer({
      port: ports.database,
      host: HOST,
      project,
      ...(dataDir !== undefined && { dataDir: join(dataDir, 'database') }),
      ...(functionsOrigin !== undefined && { functionsOrigin }),
    }),
  )
  stops.push(() => database.close())
  const firestore = await ready('Firestore', hosts.firestore, () =>
    startFirestoreServer({
      port: ports.firestore,
      host: HOST,
      indexesFile,
      ...(dataDir !== undefined && { dataDir: join(dataDir, 'firestore') }),
    }),
  )
  stops.push(() => firestore.close())
}

const TASKS_EMULATOR = fileURLToPath(new URL('tasks-emulator.ts', import.meta.url))

async function startTasksAlone({ ports, root, onLine }: SuiteOptions): Promise<() => Promise<void>> {
  const child = startChild(TASKS_EMULATOR, [String(ports.tasks)], {
    cwd: root,
    env: process.env,
    ...(onLine && { onLine }),
  })
  await child.waitForLine(/Tasks emulator ready/)
  return () => child.stop()
}

async function toolsConfig(options: SuiteOptions): Promise<Record<string, unknown>> {
  const file = join(options.root, 'firebase.json')
  if (!existsSync(file)) return {}
  const { functions, database, firestore } = JSON.parse(await readFile(file, 'utf8')) as Record<
    string,
    unknown
  >
  return {
    ...(options.tools.includes('functions') && { functions }),
    ...(options.databases === 'official' && { database, firestore }),
  }
}

/**
 * Puts security rules into force, as a deploy does in production.
 * Throws with the database's own words when it refuses them.
 */
export async function uploadRules(databaseHost: string, namespace: string, rules: string): Promise<void> {
  const response = await fetch(`http://${databaseHost}/.settings/rules.json?ns=${namespace}`, {
    method: 'PUT',
    headers: { authorization: 'Bearer owner' },
    body: rules,
  })
  if (!response.ok) throw new Error(`The database refused its rules: ${await response.text()}`)
}
