import { spawnSync, type SpawnSyncOptions } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { delimiter, join } from 'node:path'
import { chromium } from 'playwright-core'
import { say } from './console.ts'

// First the one made for this: it draws no windows and tabs for nobody, and takes half the processor time.
const NAMES = [
  'chromium-headless-shell',
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
]
const PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
]

/** The Chromium or Chrome that is there: `CHROMIUM_PATH`, one on the path, one in its usual place. */
export function findChromium(): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter)
  const onPath = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)))
  return [process.env.CHROMIUM_PATH ?? '', ...onPath, ...PLACES, chromium.executablePath()].find(
    (file) => file !== '' && existsSync(file),
  )
}

/** Gets a Chromium the platform's own way: Debian's package as root, else the download of Playwright. */
export function installChromium(): string | undefined {
  const isRoot = process.getuid?.() === 0
  if (isRoot && spawnSync('apt-get', ['--version']).status === 0) {
    say('Installing Chromium for the browser tests (apt-get) …')
    const quiet: SpawnSyncOptions = {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    }
    spawnSync('apt-get', ['update', '-qq'], quiet)
    // Older releases have the whole browser only.
    for (const browser of ['chromium-headless-shell', 'chromium']) {
      const packages = [browser, 'fonts-noto-core', 'fonts-noto-color-emoji']
      if (spawnSync('apt-get', ['install', '-y', '-qq', ...packages], quiet).status === 0) break
    }
    const installed = findChromium()
    if (installed !== undefined) return installed
  }
  say('Downloading Chromium for the browser tests …')
  const cli = join(createRequire(import.meta.url).resolve('playwright-core/package.json'), '..', 'cli.js')
  spawnSync(process.execPath, [cli, 'install', 'chromium-headless-shell', 'chromium'], { stdio: 'inherit' })
  return findChromium()
}
