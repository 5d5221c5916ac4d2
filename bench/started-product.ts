import { randomUUID } from 'node:crypto'
import { mkdtempSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { deleteApp, initializeApp, type App } from 'firebase-admin/app'
import { DEMO_PASSWORD } from '../local/cast/cast.ts'
import { seed } from '../local/cast/seed.ts'
import { startChild } from '../local/suite/child.ts'
import { startGateway } from '../local/suite/gateway.ts'
import { freePorts } from '../local/suite/ports.ts'
import { databaseNamespace, startSuite, uploadRules, type Suite } from '../local/suite/suite.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const FUNCTIONS_HOST = fileURLToPath(new URL('../local/suite/functions-host.ts', import.meta.url))

export interface StartedProduct {
  /** Of the gateway. */
  origin: string
  hosts: Suite['hosts']
  namespace: string
  /** The Admin SDK on its databases. */
  app: App
  /** An access token of one of the cast. */
  logIn(email: string): Promise<string>
  stop(): Promise<void>
}

/** The whole product with its cast on ports of its own; `functions`: with its triggers and task queues. */
export async function startProduct(
  project: string,
  { functions: withFunctions = false, env = {} }: { functions?: boolean; env?: NodeJS.ProcessEnv } = {},
): Promise<StartedProduct> {
  const [auth, tasks, functions, database, firestore, hub, logging, port] = (await freePorts(8)) as [
    ...(readonly [number, number, number, number, number, number, number]),
    number,
  ]
  const namespace = databaseNamespace(project)
  const suite = await startSuite({
    project,
    root: mkdtempSync(join(tmpdir(), 'lifeline-bench-')),
    ports: { auth, tasks, functions, database, firestore, hub, logging },
    databases: 'embedded',
    tools: ['auth', 'tasks'],
    ...(withFunctions && { functionsOrigin: `http://127.0.0.1:${functions}` }),
    indexesFile: join(ROOT, 'firestore.indexes.json'),
  })
  const rules = await readFile(join(ROOT, 'database.rules.json'), 'utf8')
  await uploadRules(suite.hosts.database, namespace, rules)
  Object.assign(process.env, suite.env)
  const app = initializeApp({
    projectId: project,
    databaseURL: `http://${suite.hosts.database}/?ns=${namespace}`,
  })
  await seed(app)
  const settings = {
    ...suite.env,
    JWT_SECRET: randomUUID() + randomUUID(),
    FIREBASE_API_KEY: 'demo-key',
    ...env,
  }
  const gateway = await startGateway({ root: ROOT, port, env: settings })
  const host = withFunctions
    ? startChild(FUNCTIONS_HOST, [String(functions), namespace], {
        cwd: ROOT,
        env: { ...process.env, ...settings, FUNCTIONS_EMULATOR: 'true' },
      })
    : undefined
  await host?.waitForLine(/functions ready/)
  const origin = `http://127.0.0.1:${port}`
  return {
    origin,
    hosts: suite.hosts,
    namespace,
    app,
    async logIn(email) {
      const response = await fetch(`${origin}/api/auth/token`, {
        method: 'POST',
        body: new URLSearchParams({ username: email, password: DEMO_PASSWORD }),
      })
      if (!response.ok) throw new Error(`Logging in answered ${response.status}`)
      return ((await response.json()) as { access_token: string }).access_token
    },
    async stop() {
      await deleteApp(app)
      await Promise.all([gateway.stop(), host?.stop()])
      await suite.stop()
    },
  }
}
