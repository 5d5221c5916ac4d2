import type { Auth } from 'firebase-admin/auth'
import type { Database } from 'firebase-admin/database'
import type { Firestore } from 'firebase-admin/firestore'
import type { Logger } from 'pino'
import type { VerifyToken } from './auth/actor.ts'
import type { Revocations } from './auth/revocations.ts'
import type { Clock } from './platform/clock.ts'
import type { Config } from './platform/config.ts'

/** Everything that the product gets from outside (STYLE 1). Modules take the part they need: `Pick<Deps, …>`. */
export interface Deps {
  config: Config
  log: Logger
  clock: Clock
  auth: Auth
  database: Database
  firestore: Firestore
  verifyToken: VerifyToken
  revocations: Revocations
  /** Aborts when the process was asked to stop: streams say `reconnect` and end. */
  shutdown: AbortSignal
}
