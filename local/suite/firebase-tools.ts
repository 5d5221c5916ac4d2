import { createRequire } from 'node:module'
import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { startChild, type Child, type OnLine } from './child.ts'

const CLI = createRequire(import.meta.url).resolve('firebase-tools/lib/bin/firebase.js')

export type ToolsEmulator = 'auth' | 'tasks' | 'functions' | 'database' | 'firestore'

export interface FirebaseToolsOptions {
  project: string
  /** Folder of the configuration; functions, rules and indexes are found below it. */
  root: string
  /** Emulators to start and their ports. */
  ports: Partial<Record<ToolsEmulator, number>>
  hubPort: number
  loggingPort: number
  env: NodeJS.ProcessEnv
  /** What the project's `firebase.json` says beside the emulators (functions, rules). */
  config?: Record<string, unknown>
  /** Accounts are read from here at the start and written back at the end. */
  dataDir?: string
  onLine?: OnLine
}

/**
 * Starts emulators of firebase-tools and resolves when all of them answer. The configuration has a name of its
 * own and is removed at the end: the tools resolve every path against the folder that holds it.
 * Rejects, with the tools' last output, when one does not come up.
 */
export async function startFirebaseTools(options: FirebaseToolsOptions): Promise<Child> {
  const emulator = (port: number): { host: string; port: number } => ({ host: '127.0.0.1', port })
  const configFile = join(options.root, `.firebase-local-${options.hubPort}.json`)
  const config = {
    ...options.config,
    emulators: {
      ...Object.fromEntries(Object.entries(options.ports).map(([name, port]) => [name, emulator(port)])),
      hub: emulator(options.hubPort),
      logging: emulator(options.loggingPort),
      ui: { enabled: false },
      singleProjectMode: false,
    },
  }
  writeFileSync(configFile, JSON.stringify(config))
  let isWithoutFunctions = false
  const child = startChild(
    CLI,
    [
      'emulators:start',
      `--project=${options.project}`,
      `--config=${configFile}`,
      `--only=${Object.keys(options.ports).join(',')}`,
      ...(options.dataDir === undefined ? [] : ['--export-on-exit', options.dataDir]),
      ...(options.dataDir !== undefined && existsSync(options.dataDir) ? ['--import', options.dataDir] : []),
    ],
    {
      cwd: options.root,
      // On a busy machine the functions take longer to load than the ten seconds that they get otherwise.
      env: { FUNCTIONS_DISCOVERY_TIMEOUT: '120', ...options.env },
      onLine(line) {
        isWithoutFunctions ||= line.includes('Failed to load function definition')
        options.onLine?.(line)
      },
    },
  )
  const removeConfig = (): void => {
    rmSync(configFile, { force: true })
  }
  void child.exited.then(removeConfig)
  await child.waitForLine(/All emulators ready/)
  // The tools go on without them, and every task and trigger would be missing.
  if (isWithoutFunctions) {
    await child.stop()
    throw new Error('The functions could not be loaded; what firebase-tools said tells why')
  }
  return child
}
