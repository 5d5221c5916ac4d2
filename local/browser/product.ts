import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { deleteApp, initializeApp, type App } from 'firebase-admin/app'
import { getDatabase, type Database } from 'firebase-admin/database'
import { getFirestore } from 'firebase-admin/firestore'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, inject } from 'vitest'
import { seed } from '../cast/seed.ts'
import { startChild, type Child } from '../suite/child.ts'
import { startGateway } from '../suite/gateway.ts'
import { freePorts } from '../suite/ports.ts'
import { databaseNamespace, uploadRules } from '../suite/suite.ts'
import type { TestSuite } from '../testing/suite-setup.ts'
import { openChromium } from './chromium.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const FUNCTIONS_HOST = fileURLToPath(new URL('../suite/functions-host.ts', import.meta.url))

export interface BrowserProduct {
  readonly origin: string
  /** The Admin SDK on the same database, for what no person can do in the browser yet. */
  readonly database: Database
  /** A fresh browser profile: a person at a machine of their own. */
  newPerson(options?: BrowserContextOptions): Promise<Page>
  /** Ends the gateway at once, as a crash does. */
  killGateway(): Promise<void>
  /** Starts it again where it was. */
  startGateway(): Promise<void>
  close(): Promise<void>
}

/** Nobody answers for the cast's call: only a test about alarms wants to hear of it. */
const NO_ALARMS = Object.fromEntries(
  [
    ...['CRITICAL', 'HIGH', 'MEDIUM', 'LOW'].map((urgency) => `SILENCE_SECONDS_${urgency}`),
    'UNASSIGNED_SECONDS',
  ].map((name) => [name, '300000000']),
)

/**
 * The whole product with the cast on the running suite, and a Chromium to look at it. Workers sign in with the client
 * SDK and so the browser tests of one lane share its project, one file after the other, each from an empty database.
 */
async function openProduct(
  settings: Readonly<Record<string, string>>,
  prepare: Prepare,
): Promise<BrowserProduct> {
  const {
    authHost,
    databaseHost,
    firestoreHost,
    tasksHost,
    functionsPort,
    signInProject: project,
  } = laneOfThisFile()
  const env = {
    GCLOUD_PROJECT: project,
    GOOGLE_CLOUD_PROJECT: project,
    FIREBASE_AUTH_EMULATOR_HOST: authHost,
    FIREBASE_DATABASE_EMULATOR_HOST: databaseHost,
    FIRESTORE_EMULATOR_HOST: firestoreHost,
    CLOUD_TASKS_EMULATOR_HOST: tasksHost,
    JWT_SECRET: randomUUID() + randomUUID(),
    FIREBASE_API_KEY: 'demo-key',
    // Another build than the usual one, if one is named.
    WEB_DIST: process.env.WEB_DIST ?? join(ROOT, 'web/dist'),
    ...NO_ALARMS,
    // An assistant that writes into every call belongs to the tests that are about it.
    ASSISTANT: 'off',
    ...settings,
  }
  const namespace = databaseNamespace(project)
  await uploadRules(databaseHost, namespace, await readFile(join(ROOT, 'database.rules.json'), 'utf8'))
  Object.assign(process.env, env)
  const databaseURL = `http://${databaseHost}/?ns=${namespace}`
  const app = initializeApp({ projectId: project, databaseURL }, randomUUID())
  await getDatabase(app).ref().remove()
  // Also what earlier files have archived: the cast's call has the same ids in each of them.
  const firestore = getFirestore(app)
  for (const collection of await firestore.listCollections()) await firestore.recursiveDelete(collection)
  await seed(app)
  await prepare(app)

  const [port = 0] = await freePorts(1)
  const start = (): Promise<Child> => startGateway({ root: ROOT, port, env })
  let gateway = await start()
  const functions = await startFunctions(functionsPort, namespace, env)
  const browser = await openChromium()
  return {
    origin: `http://localhost:${port}`,
    database: getDatabase(app),
    newPerson: async (options = {}) => {
      const context = await browser.newContext({ baseURL: `http://localhost:${port}`, ...options })
      return context.newPage()
    },
    killGateway: async () => {
      process.kill(gateway.pid, 'SIGKILL')
      await gateway.exited
    },
    startGateway: async () => {
      gateway = await start()
    },
    close: async () => {
      await browser.close()
      await Promise.all([gateway.stop(), functions.stop()])
      await deleteApp(app)
    },
  }
}

/** No two files that run at the same time have the same number. */
function laneOfThisFile(): TestSuite {
  const lane = inject('lanes')[Number(process.env.VITEST_POOL_ID) - 1]
  if (lane === undefined) throw new Error('More browser test files at once than there are suites')
  return lane
}

async function startFunctions(port: number, namespace: string, env: NodeJS.ProcessEnv): Promise<Child> {
  const child = startChild(FUNCTIONS_HOST, [String(port), namespace], {
    cwd: ROOT,
    // As the functions emulator has it: what comes from the Tasks emulator carries no token.
    env: { ...process.env, ...env, FUNCTIONS_EMULATOR: 'true' },
  })
  await child.waitForLine(/functions ready/)
  return child
}

/** What stands in the databases before anything runs: no function hears of it. */
type Prepare = (app: App) => Promise<unknown>

/** Opens the product before the tests of a file and closes it after them; `settings` are the gateway's. */
export function useProduct(
  settings: Readonly<Record<string, string>> = {},
  prepare: Prepare = () => Promise.resolve(),
): () => BrowserProduct {
  let product: BrowserProduct | undefined
  beforeAll(async () => {
    product = await openProduct(settings, prepare)
  })
  afterAll(() => product?.close())
  return () => {
    if (product === undefined) throw new Error('The product is open during tests only')
    return product
  }
}
