import { randomUUID } from 'node:crypto'
import { type App, deleteApp, initializeApp } from 'firebase-admin/app'
import { getAuth } from 'firebase-admin/auth'
import type { Auth } from 'firebase-admin/auth'
import { getDatabase } from 'firebase-admin/database'
import type { Database } from 'firebase-admin/database'
import { getFirestore } from 'firebase-admin/firestore'
import type { Firestore } from 'firebase-admin/firestore'
import type { Logger } from 'pino'
import type { Audit } from './audit/audit.ts'
import { createAuditLog } from './audit/audit-log.ts'
import { createAccessTokens } from './auth/access-token.ts'
import { createAccounts } from './auth/accounts.ts'
import type { VerifyToken } from './auth/actor.ts'
import { createBlacklist } from './auth/blacklist.ts'
import { createCheckPassword } from './auth/check-password.ts'
import { createLogIn } from './auth/log-in.ts'
import type { LogIn } from './auth/log-in.ts'
import { createLoginThrottle } from './auth/login-throttle.ts'
import { createProfiles } from './auth/profiles.ts'
import type { Profiles } from './auth/profiles.ts'
import { createRevocations } from './auth/revocations.ts'
import type { Revocations } from './auth/revocations.ts'
import { createSessions } from './auth/sessions.ts'
import { createVerifyToken } from './auth/verify-token.ts'
import { createModel } from './models/create-model.ts'
import type { Model } from './models/model.ts'
import { createCounters } from './limits/counters.ts'
import { REQUESTS_A_MINUTE, type RateLimits, createRateLimits } from './limits/rate-limits.ts'
import { systemClock } from './platform/clock.ts'
import type { Clock } from './platform/clock.ts'
import type { Config } from './platform/config.ts'
import { firestoreTracer } from './platform/firestore-tracer.ts'
import { measuredDatabase } from './platform/measured-database.ts'
import { type Metrics, createMetrics } from './platform/metrics.ts'
import { createLogger } from './platform/logger.ts'
import { createCloudTasks } from './tasks/cloud-tasks.ts'
import type { TaskQueues } from './tasks/queues.ts'

/** Everything that the product gets from outside (STYLE 1). Modules take the part they need: `Pick<Deps, …>`. */
export interface Deps {
  config: Config
  log: Logger
  clock: Clock
  auth: Auth
  /** For reading and listening only: never written through, see `writes`. */
  database: Database
  /**
   * The database by a connection of its own for what the server itself writes. The SDK shows a connection's own
   * writes to its listeners before the server has accepted them, under times of its own guess; so nothing may be
   * listened to through this one, and what is read through it always comes from the server.
   */
  writes: Database
  /**
   * The database by a connection that makes transactions and nothing else: the SDK keeps what a read answers even when
   * the value has changed since, and a transaction that begins with it is refused until the SDK gives it up.
   */
  transactions: Database
  /**
   * The database as the rules allow it to `API_IDENTITY`, by a connection of its own: a write and the condition that
   * it may be made under are one step of the server's. It may read nothing.
   */
  guarded: Database
  firestore: Firestore
  tasks: TaskQueues
  rateLimits: RateLimits
  metrics: Metrics
  /** Who has read and done what; `authorize` and `actOnCall` tell it, so most that is done needs no word of its own. */
  audit: Audit
  verifyToken: VerifyToken
  logIn: LogIn
  profiles: Profiles
  /** The way to a language model (DESIGN 6). */
  model: Model
  revocations: Revocations
  /** Aborts when the process was asked to stop: streams say `reconnect` and end. */
  shutdown: AbortSignal
  /** Makes `shutdown` abort. */
  stop(): void
  /** Gives up every connection and listener; nothing works afterwards. */
  close(): Promise<void>
}

/** firebase-admin learns about emulators from its environment only, and reads it when a service is first asked for. */
function pointAtEmulators({ emulators }: Config): void {
  if (!emulators) return
  process.env.FIREBASE_AUTH_EMULATOR_HOST = emulators.auth
  process.env.FIREBASE_DATABASE_EMULATOR_HOST = emulators.database
  process.env.FIRESTORE_EMULATOR_HOST = emulators.firestore
  // Emulators want no credentials, and looking for Google's metadata server costs a second and a warning.
  process.env.METADATA_SERVER_DETECTION = 'none'
}

/** What the security rules see as `auth` behind `Deps.guarded`. No person can have this uid. */
const API_IDENTITY = { uid: 'lifeline-api' }

/** The composition root: real adapters from the configuration. Connects lazily; a process has one, a test its own. */
export function createDeps(config: Config, overrides: Partial<Pick<Deps, 'clock' | 'log'>> = {}): Deps {
  const { clock = systemClock, log = createLogger(config) } = overrides
  pointAtEmulators(config)
  const { projectId, databaseUrl } = config
  const app = initializeApp({ projectId, databaseURL: databaseUrl }, `lifeline-${randomUUID()}`)
  const auth = getAuth(app)
  const writesApp = initializeApp({ projectId, databaseURL: databaseUrl }, `lifeline-writes-${randomUUID()}`)
  const transactionsApp = initializeApp(
    { projectId, databaseURL: databaseUrl },
    `lifeline-transactions-${randomUUID()}`,
  )
  const guardedApp = initializeApp(
    { projectId, databaseURL: databaseUrl, databaseAuthVariableOverride: API_IDENTITY },
    `lifeline-guarded-${randomUUID()}`,
  )
  const metrics = createMetrics()
  const databaseOf = (of: App): Database => measuredDatabase(getDatabase(of), metrics, clock)
  const firestore = getFirestore(app)
  firestore.settings({ openTelemetry: { tracerProvider: firestoreTracer(metrics, clock) } })
  const tasks = createCloudTasks({ config, clock })
  const audit = createAuditLog({ firestore, clock, log })

  const counters = createCounters(config, log)
  const { uploadsPerMinute } = config.media
  const uploadQuota = { authenticated: uploadsPerMinute, anonymous: uploadsPerMinute }
  const accounts = createAccounts(auth, clock)
  const blacklist = createBlacklist(firestore)
  const accessTokens = createAccessTokens(config, clock)
  const verifyToken = createVerifyToken({ config, auth, accessTokens, accounts, blacklist })
  const profiles = createProfiles(firestore, accounts)
  const revocations = createRevocations({ blacklist, accounts, clock, log })
  const logIn = createLogIn({
    accessTokens,
    blacklist,
    checkPassword: createCheckPassword(config),
    profiles,
    sessions: createSessions({ firestore, blacklist, clock, config }),
    throttle: createLoginThrottle(counters),
    verifyToken,
  })
  const shutdown = new AbortController()

  return {
    config,
    log,
    clock,
    auth,
    database: databaseOf(app),
    writes: databaseOf(writesApp),
    transactions: databaseOf(transactionsApp),
    guarded: databaseOf(guardedApp),
    firestore,
    tasks,
    audit,
    rateLimits: createRateLimits(counters, log, { ...REQUESTS_A_MINUTE, uploads: uploadQuota }),
    metrics,
    verifyToken,
    logIn,
    profiles,
    model: createModel({ config, clock, log, observe: (call) => metrics.modelCall(call) }),
    revocations,
    shutdown: shutdown.signal,
    stop: () => shutdown.abort(),
    async close() {
      shutdown.abort()
      revocations.close()
      await audit.close()
      await Promise.all([
        tasks.close(),
        counters.close(),
        ...[app, writesApp, transactionsApp, guardedApp].map(deleteApp),
      ])
    },
  }
}
