import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { HELP, parseStartOptions, type StartOptions } from './start-options.ts'
import { say } from './suite/console.ts'
import { javaVersion, OFFICIAL_NEEDS_JAVA } from './suite/java.ts'
import { freePortFrom, isFree } from './suite/ports.ts'
import type { SuitePort } from './suite/suite.ts'
import { startProduct } from './product.ts'
import { admins, DEMO_PASSWORD, workerEmail, workers } from './cast/cast.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))

/** The ports that the Firebase emulators have everywhere. */
const USUAL_PORTS: Record<SuitePort, number> = {
  auth: 9099,
  tasks: 9499,
  functions: 5001,
  database: 9000,
  firestore: 8080,
  hub: 4400,
  logging: 4500,
}

async function choosePorts(gatewayPort: number): Promise<Record<SuitePort, number>> {
  const taken = new Set([gatewayPort])
  const chosen = { ...USUAL_PORTS }
  for (const part of Object.keys(USUAL_PORTS) as SuitePort[]) {
    const port = await freePortFrom(USUAL_PORTS[part], taken)
    taken.add(port)
    chosen[part] = port
    if (port !== USUAL_PORTS[part]) say(`  Port ${USUAL_PORTS[part]} (${part}) is taken; using ${port}.`)
  }
  return chosen
}

function printLogIns(origin: string): void {
  say('')
  say(`  Lifeline is up:  ${origin}/console     (admins)`)
  say(`                   ${origin}/worker      (workers, best in a second window)`)
  say(`                   ${origin}/docs        (the API)`)
  say('')
  say(`  Password of every account: ${DEMO_PASSWORD}`)
  for (const { email, name, role, company_id } of admins)
    say(`    ${email.padEnd(40)} ${name}, ${role} of ${company_id}`)
  for (const { id, name, company_id } of workers)
    say(`    ${workerEmail(id).padEnd(40)} ${name}, worker of ${company_id}`)
  say('')
  say('  Ctrl-C stops everything.')
}

/** Resolves at the first request to stop; a second one does not wait any longer. */
function stopRequested(): Promise<string> {
  return new Promise((resolve) => {
    let asked = false
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => {
        if (asked) process.exit(1)
        asked = true
        resolve(signal)
      })
    }
  })
}

async function run(options: StartOptions): Promise<number> {
  if (options.official && javaVersion() < OFFICIAL_NEEDS_JAVA) {
    say(
      `The official database emulators need Java ${OFFICIAL_NEEDS_JAVA} or newer on the path. \`npm start\` needs none.`,
    )
    return 1
  }
  if (!(await isFree(options.port))) {
    say(
      `Port ${options.port} is taken by another program. Choose another one: npm start -- --port ${options.port + 50}`,
    )
    return 1
  }
  const stopping = stopRequested()
  const logFile = join(ROOT, 'lifeline-local.log')
  const log = createWriteStream(logFile)
  const began = performance.now()
  const product = await startProduct({
    ...options,
    root: ROOT,
    ports: await choosePorts(options.port),
    onReady: (part, address, tookMs) => {
      say(`  ✓ ${part.padEnd(42)} ${address.padEnd(24)} ${(tookMs / 1_000).toFixed(1)} s`)
    },
    onLine: (line) => log.write(`${line}\n`),
  })
  printLogIns(product.origin)
  say(`  Ready after ${((performance.now() - began) / 1_000).toFixed(0)} s. What every part says: ${logFile}`)

  const why = await Promise.race([stopping, product.failed])
  const failed = why instanceof Error
  say(failed ? `\n  ${why.message}\n  Stopping the rest …` : '\n  Stopping …')
  await product.stop()
  await new Promise<void>((resolve) => {
    log.end(resolve)
  })
  say('  Stopped.')
  return failed ? 1 : 0
}

async function main(args: readonly string[]): Promise<number> {
  let options: StartOptions | 'help'
  try {
    options = parseStartOptions(args)
  } catch (error) {
    say(`${describe(error)}\n\n${HELP}`)
    return 2
  }
  if (options === 'help') {
    say(HELP)
    return 0
  }
  try {
    return await run(options)
  } catch (error) {
    say(`\n${describe(error)}`)
    return 1
  }
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

process.exitCode = await main(process.argv.slice(2))
