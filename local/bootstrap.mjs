/**
 * The way from a bare clone to a running command, on whatever Node npm itself runs on: installs dependencies when
 * they are missing or out of date, then hands over to the project's own Node (the npm package `node`), which runs
 * TypeScript as it is. Plain JavaScript without dependencies, since nothing is installed yet when it runs.
 */
import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const commands = { start: 'local/start.ts', test: 'local/test.ts' }

/** npm notes what it installed in `node_modules/.package-lock.json`; the same versions mean nothing is to do. */
function isInstalled() {
  const noted = join(root, 'node_modules/.package-lock.json')
  const ownNode = join(root, 'node_modules/node/bin/node')
  if (!existsSync(noted) || !(existsSync(ownNode) || existsSync(`${ownNode}.exe`))) return false
  const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages
  const present = JSON.parse(readFileSync(noted, 'utf8')).packages
  return Object.entries(wanted).every(
    ([path, { version, link, optional, devOptional, peer }]) =>
      path === '' ||
      link ||
      optional ||
      devOptional ||
      peer ||
      !path.includes('node_modules/') ||
      present[path]?.version === version,
  )
}

/** Runs to the end, passing signals on; a Ctrl-C reaches the child by itself. */
function run(command, args) {
  const child = spawn(command, args, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' })
  const passOn = (signal) => child.kill(signal)
  const ignore = () => {}
  process.on('SIGINT', ignore).on('SIGTERM', passOn).on('SIGHUP', passOn)
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code, signal) => {
      process.off('SIGINT', ignore).off('SIGTERM', passOn).off('SIGHUP', passOn)
      resolve(code ?? (signal === 'SIGINT' ? 130 : 1))
    })
  })
}

const [name, ...args] = process.argv.slice(2)
const script = commands[name]
if (script === undefined) {
  console.error(`Usage: node local/bootstrap.mjs <${Object.keys(commands).join(' | ')}> [options]`)
  process.exit(2)
}
if (!isInstalled()) {
  console.log('Installing dependencies (about a minute, once) …')
  // Warnings that packages want a newer Node than npm's own would bury what matters: they get it (decision 2).
  const code = await run('npm', ['ci', '--loglevel=error', '--no-audit', '--no-fund'])
  if (code !== 0) {
    console.error('npm ci failed: see above. The npm registry has to be reachable for the first start.')
    process.exit(code)
  }
}
process.exit(await run(join(root, 'node_modules/.bin/node'), [join(root, script), ...args]))
