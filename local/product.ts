import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { deleteApp, initializeApp } from 'firebase-admin/app'
import { DEMO_PROJECT } from './cast/cast.ts'
import { seed } from './cast/seed.ts'
import { simulateWorker } from './simulate/worker.ts'
import { say } from './suite/console.ts'
import { buildFunctions, buildWeb } from './suite/build.ts'
import { startGateway } from './suite/gateway.ts'
import { localJwtSecret } from './suite/secret.ts'
import { databaseNamespace, startSuite, uploadRules, type Suite, type SuiteOptions } from './suite/suite.ts'

export interface ProductOptions extends Pick<SuiteOptions, 'root' | 'ports'> {
  port: number
  simulate: boolean
  official: boolean
  dataDir: string | undefined
  onReady: NonNullable<SuiteOptions['onReady']>
  onLine: NonNullable<SuiteOptions['onLine']>
}

export interface Product {
  readonly origin: string
  /** Resolves, with what happened, when a part ends by itself. */
  readonly failed: Promise<Error>
  stop(): Promise<void>
}

/** Nobody answers for the cast: whoever tries the product has the time to look around before it asks and rings. */
const DEMO_WATCH = {
  SILENCE_SECONDS_CRITICAL: '300',
  SILENCE_SECONDS_HIGH: '600',
  SILENCE_SECONDS_MEDIUM: '900',
  SILENCE_SECONDS_LOW: '1800',
  UNASSIGNED_SECONDS: '600',
}

/** Brings up the whole product for the demo project. What already runs is stopped again when a part fails. */
export async function startProduct(options: ProductOptions): Promise<Product> {
  const { root, port, onLine, onReady } = options
  const timed = async <T>(part: string, address: string, work: () => Promise<T>): Promise<T> => {
    const began = performance.now()
    const result = await work()
    onReady(part, address, performance.now() - began)
    return result
  }
  await timed('functions and web client built', '', () => Promise.all([buildFunctions(root), buildWeb(root)]))

  const secret = { JWT_SECRET: await localJwtSecret(root) }
  // What the caller's own environment says goes before.
  const watch = Object.entries(DEMO_WATCH).map(([name, span]) => [name, process.env[name] ?? span])
  const settings = { ...(Object.fromEntries(watch) as Record<string, string>), ...secret }
  const suite = await startSuite({
    root,
    project: DEMO_PROJECT,
    ports: options.ports,
    databases: options.official ? 'official' : 'embedded',
    tools: ['auth', 'tasks', 'functions'],
    indexesFile: join(root, 'firestore.indexes.json'),
    env: settings,
    onReady,
    onLine,
    ...(options.dataDir !== undefined && { dataDir: options.dataDir }),
  })
  const simulation = new AbortController()
  try {
    await timed('rules and demo cast', '', () => prepare(root, suite))
    const origin = `http://localhost:${port}`
    const gateway = await timed('gateway (API, streams, console)', origin, () =>
      startGateway({
        root,
        port,
        env: { ...settings, ...suite.env, WEB_DIST: join(root, 'web/dist'), FIREBASE_API_KEY: 'demo-key' },
        onLine,
      }),
    )
    if (options.simulate) void simulate(suite, simulation.signal, onLine)
    return {
      origin,
      failed: Promise.race([
        gateway.exited.then((code) => new Error(`The gateway ended (${code}).`)),
        suite.ended.then((code) => new Error(`The Firebase emulators ended (${code}).`)),
      ]),
      stop: async () => {
        simulation.abort()
        await gateway.stop()
        await suite.stop()
      },
    }
  } catch (error) {
    await suite.stop()
    throw error
  }
}

async function prepare(root: string, suite: Suite): Promise<void> {
  const rules = await readFile(join(root, 'database.rules.json'), 'utf8')
  const namespace = databaseNamespace(DEMO_PROJECT)
  await uploadRules(suite.hosts.database, namespace, rules)
  // The SDK reads where the emulators are from the environment, and from nowhere else.
  Object.assign(process.env, suite.env)
  const app = initializeApp({
    projectId: DEMO_PROJECT,
    databaseURL: `http://${suite.hosts.database}/?ns=${namespace}`,
  })
  try {
    await seed(app)
  } finally {
    await deleteApp(app)
  }
}

/** The demo goes on without its simulated worker: everything else works as well without it. */
async function simulate(suite: Suite, signal: AbortSignal, onLine: ProductOptions['onLine']): Promise<void> {
  try {
    await simulateWorker({
      project: DEMO_PROJECT,
      authHost: suite.hosts.auth,
      databaseHost: suite.hosts.database,
      signal,
    })
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    say('\n  The simulated worker had to stop; everything else goes on.')
    onLine(`simulated worker: ${reason}`)
  }
}
