import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { TestProject } from 'vitest/node'
import { freePorts } from '../suite/ports.ts'
import { startSuite } from '../suite/suite.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

declare module 'vitest' {
  export interface ProvidedContext {
    /** `host:port` of each part; a test file takes a project of its own and so shares nothing with the others. */
    suite: {
      authHost: string
      databaseHost: string
      firestoreHost: string
      tasksHost: string
      /** Where a test that wants functions has to start them; nothing listens there otherwise. */
      functionsPort: number
      /** Where client SDKs sign in: they cannot choose a project, the Auth emulator knows them by this one. */
      signInProject: string
    }
  }
}

/**
 * One suite for all test files of a run: both databases, Auth and Tasks, on ports of their own. With
 * `LIFELINE_DATABASES=official` the databases are those of firebase-tools.
 */
export async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const [auth, tasks, functions, database, firestore, hub, logging] = await freePorts(7)
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
  provide('suite', {
    authHost: suite.hosts.auth,
    databaseHost: suite.hosts.database,
    firestoreHost: suite.hosts.firestore,
    tasksHost: suite.hosts.tasks,
    functionsPort: Number(functions),
    signInProject: project,
  })
  return async () => {
    await suite.stop()
    if (!official) rmSync(root, { recursive: true, force: true })
  }
}
