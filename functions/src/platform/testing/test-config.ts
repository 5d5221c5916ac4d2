import { randomBytes } from 'node:crypto'
import { loadConfig } from '../config.ts'
import type { Config } from '../config.ts'

/** Where the parts of a running suite listen, `host:port`. */
export interface SuiteHosts {
  authHost: string
  databaseHost: string
  firestoreHost: string
  tasksHost: string
}

/**
 * A configuration for tests: emulator mode, silent, a port of its own, and a random project, so that test files
 * share a suite without seeing each other's data. Without `suite` nothing answers at the hosts it names.
 */
export function testConfig(suite?: SuiteHosts, overrides: Partial<Config> = {}): Config {
  const nowhere = '127.0.0.1:9'
  const config = loadConfig({
    GCLOUD_PROJECT: `demo-${randomBytes(6).toString('hex')}`,
    JWT_SECRET: randomBytes(32).toString('hex'),
    FIREBASE_AUTH_EMULATOR_HOST: suite?.authHost ?? nowhere,
    FIREBASE_DATABASE_EMULATOR_HOST: suite?.databaseHost ?? nowhere,
    FIRESTORE_EMULATOR_HOST: suite?.firestoreHost ?? nowhere,
    CLOUD_TASKS_EMULATOR_HOST: suite?.tasksHost ?? nowhere,
    PORT: '0',
    LOG_LEVEL: 'silent',
  })
  return { ...config, ...overrides }
}
