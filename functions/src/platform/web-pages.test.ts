import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import express from 'express'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testConfig } from './testing/test-config.ts'
import { serveWebPages } from './web-pages.ts'

const webDist = mkdtempSync(join(tmpdir(), 'lifeline-pages-'))
beforeAll(() => {
  for (const page of ['console', 'worker']) writeFileSync(join(webDist, `${page}.html`), page)
})
afterAll(() => rmSync(webDist, { recursive: true }))

/** The policy of each page, with its directives apart. */
async function policies(tilesUrl: string | null) {
  const mapTiles = tilesUrl === null ? null : { url: tilesUrl, attribution: '© Example Maps' }
  const app = express()
  serveWebPages(app, { ...testConfig(undefined, { mapTiles }), webDist })
  const server = app.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const read = async (path: string) => {
    const { headers } = await fetch(`http://127.0.0.1:${port}${path}`)
    return headers.get('content-security-policy')?.split('; ') ?? []
  }
  try {
    return { console: await read('/console/x'), worker: await read('/worker') }
  } finally {
    server.close()
  }
}

test('opens the console, and only its pictures, for exactly the origin of the map tiles', async () => {
  const [closed, open] = await Promise.all([
    policies(null),
    policies('http://127.0.0.1:8080/secret-key/{z}/{x}/{y}.png'),
  ])
  const added = open.console.filter((directive) => !closed.console.includes(directive))
  expect(added).toEqual(["img-src 'self' data: blob: https: http://127.0.0.1:8080"])
  expect(open.worker).toEqual(closed.worker)
  expect(closed.console.join()).not.toContain('http://127.0.0.1:8080')
})
