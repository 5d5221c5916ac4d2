import { execFileSync, spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { findChromium, installChromium } from './suite/chromium.ts'
import { javaVersion, OFFICIAL_NEEDS_JAVA } from './suite/java.ts'
import { say } from './suite/console.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))

/** `npm test`: every kind of test that this machine can run, and in words which it cannot. */
function main(): number {
  const { values, positionals } = parseArgs({
    options: { official: { type: 'boolean', default: false } },
    allowPositionals: true,
  })
  if (values.official && javaVersion() < OFFICIAL_NEEDS_JAVA) {
    say(`The official database emulators need Java ${OFFICIAL_NEEDS_JAVA} or newer. \`npm test\` needs none.`)
    return 1
  }
  const chromium = findChromium() ?? installChromium()
  const projects = chromium === undefined ? ['unit', 'suite'] : ['unit', 'suite', 'browser']
  if (chromium !== undefined) {
    say('Building the web client for the browser tests …')
    execFileSync('npm', ['run', '--silent', 'build', '-w', 'web'], { cwd: ROOT, stdio: 'inherit' })
  }
  const vitest = join(createRequire(import.meta.url).resolve('vitest/package.json'), '../vitest.mjs')
  const { status } = spawnSync(
    process.execPath,
    [vitest, 'run', ...projects.flatMap((project) => ['--project', project]), ...positionals],
    {
      cwd: ROOT,
      stdio: 'inherit',
      env: {
        ...process.env,
        ...(chromium !== undefined && { CHROMIUM_PATH: chromium }),
        ...(values.official && { LIFELINE_DATABASES: 'official' }),
      },
    },
  )
  if (chromium === undefined) {
    say('NOT RUN: the browser tests. No Chromium or Chrome was found and none could be installed;')
    say('set CHROMIUM_PATH to one and run `npm run test:browser`.')
  }
  if (spawnSync('redis-server', ['--version']).error) {
    say('NOT RUN: the tests of rate limits that instances share. No redis-server was found.')
  }
  return status ?? 1
}

process.exitCode = main()
