import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { TestProject } from 'vitest/node'
import { freePorts } from '../suite/ports.ts'
import { startSuite } from '../suite/suite.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

export const PORTS_OF_A_SUITE = 7

/** `host:port` of each part of a running suite. */
export interface TestSuite {
  authHost: string
  databaseHost: string
  firestoreHost: string
  tasksHost: string
  /** Where a test that wants functions has to start them; nothing listens there otherwise. */
  functionsPort: number
  /** Where client SDKs sign in: they cannot choose a project, the Auth emulator knows them by this one. */
  signInProject: string
}

declare module 'vitest' {
  export interface ProvidedContext {
    /** A test file takes a project of its own in it and so shares nothing with the others. */
    suite: TestSuite
  }
}

/** One suite for all test files of a run. */
export async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const { suite, stop } = await startTestSuite(await freePorts(PORTS_OF_A_SUITE))
  provide('suite', suite)
  return stop
}

/**
 * Starts both databases, Auth and Tasks on ports of their own. With `LIFELINE_DATABASES=official` the databases are
 * those of firebase-tools.
 *
 * @param suitePorts `PORTS_OF_A_SUITE` free ones
 */
export async function startTestSuite(
  suitePorts: readonly number[],
): Promise<{ suite: TestSuite; stop: () => Promise<void> }> {
  const [auth, tasks, functions, database, firestore, hub, logging] = suitePorts
  const official = process.env.LIFELINE_DATABASES === 'official'
  // The tools want a folder for their configuration and logs; the official databases want the project's own files.
  const root = official ? ROOT : mkdtempSync(join(tmpdir(), 'lifeline-suite-'))
  const project = 'demo-lifeline-tests'
  const suite = await startSuite({
    project,
    root,
    ports: { auth, tasks, functions, database, firestore, hub, logging } as Record<
      'auth' | 'tasks' | 'functions' | 'database' | 'firestore' | 'hub' | 'logging',
      number
    >,
    databases: official ? 'official' : 'embedded',
    tools: ['auth', 'tasks'],
    functionsOrigin: `http://127.0.0.1:${functions}`,
    indexesFile: join(ROOT, 'firestore.indexes.json'),
  })
  return {
    suite: {
      authHost: suite.hosts.auth,
      databaseHost: suite.hosts.database,
      firestoreHost: suite.hosts.firestore,
      tasksHost: suite.hosts.tasks,
      functionsPort: Number(functions),
      signInProject: project,
    },
    stop: async () => {
      await suite.stop()
      if (!official) rmSync(root, { recursive: true, force: true })
    },
  }
}
