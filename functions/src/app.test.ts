import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Validator } from '@seriousme/openapi-schema-validator'
import type { Express } from 'express'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { allRoutes, createApp } from './app.ts'
import { ClientConfig } from './contract.ts'
import { createDeps } from './deps.ts'
import type { Deps } from './deps.ts'
import { testConfig } from './platform/testing/test-config.ts'

const webDist = mkdtempSync(join(tmpdir(), 'lifeline-web-'))
const ALLOWED = 'https://console.example.org'
let deps: Deps
let app: Express
let server: Server
let base = ''

beforeAll(async () => {
  mkdirSync(join(webDist, 'assets'))
  writeFileSync(join(webDist, 'console.html'), '<!doctype html><title>console</title>')
  writeFileSync(join(webDist, 'worker.html'), '<!doctype html><title>worker</title>')
  writeFileSync(join(webDist, 'assets/main-1a2b3c.js'), 'export {}')
  writeFileSync(join(webDist, 'favicon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>')
  deps = createDeps(testConfig(undefined, { webDist, allowedOrigins: [ALLOWED] }))
  app = createApp(deps)
  server = app.listen(0, '127.0.0.1')
  await once(server, 'listening')
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(async () => {
  server.close()
  await deps.close()
  rmSync(webDist, { recursive: true })
})

interface Layer {
  route?: { path: string | string[]; methods: Record<string, boolean> }
  handle: { stack?: Layer[] }
}

/** `GET /path` of everything that Express would answer, however deep it was mounted; catch-alls of a path left out. */
function mounted(stack: Layer[]): string[] {
  return stack.flatMap(({ route, handle }) => {
    if (!route) return handle.stack ? mounted(handle.stack) : []
    const methods = Object.keys(route.methods).map((method) =>
      method === '_all' ? 'ANY' : method.toUpperCase(),
    )
    return [route.path]
      .flat()
      .flatMap((path) => methods.map((method) => `${method} ${path.replaceAll(/:(\w+)/g, '{$1}')}`))
  })
}

interface Document {
  paths: Record<string, Record<string, { responses: Record<string, unknown> }>>
  components: { schemas: Record<string, unknown> }
}
const readDocument = async () => (await (await fetch(`${base}/openapi.json`)).json()) as Document

describe('the OpenAPI document', () => {
  test('is valid OpenAPI 3.1', async () => {
    const validator = new Validator()
    const result = await validator.validate((await readDocument()) as never)
    expect(result).toEqual({ valid: true })
    expect(validator.version).toBe('3.1')
  })

  test('holds every route that the app answers, and no other', async () => {
    const { paths } = await readDocument()
    const documented = Object.entries(paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
    )
    // The pages of the web client are no API, and refusals of a wrong method belong to their path.
    const api = mounted((app.router as unknown as { stack: Layer[] }).stack)
      .filter((route) => !/^GET \/((console|worker)(\/\{\*rest\})?)?$/.test(route))
      .filter((route) => !(route.startsWith('ANY ') && route.slice(4) in paths))
    expect(api.toSorted()).toEqual(documented.toSorted())
    expect(api).toHaveLength(allRoutes(deps).length)
  })

  test('shows each example as its schema would take it', () => {
    const examples = allRoutes(deps).flatMap(({ path, body, replies }) =>
      [body, ...Object.values(replies)].flatMap((part) =>
        part?.schema && part.example !== undefined
          ? [{ path, schema: part.schema, example: part.example }]
          : [],
      ),
    )
    const refused = examples.filter(({ schema, example }) => !schema.safeParse(example).success)
    expect(examples.length).toBeGreaterThan(8)
    expect(refused.map(({ path }) => path)).toEqual([])
  })

  test('names the schemas of the contract, and the refusals that follow from a declaration', async () => {
    const { paths, components } = await readDocument()
    expect(Object.keys(components.schemas)).toEqual(
      expect.arrayContaining(['Message', 'Call', 'ApiErrorBody', 'Me']),
    )
    expect(Object.keys(paths['/api/auth/me']?.get?.responses ?? {})).toEqual([
      '200',
      '401',
      '404',
      '429',
      '500',
    ])
    expect(Object.keys(paths['/api/auth/login']?.post?.responses ?? {})).toEqual(
      expect.arrayContaining(['400', '413']),
    )
  })

  test('is shown to people by a page that loads nothing from elsewhere', async () => {
    const response = await fetch(`${base}/docs`)
    const page = await response.text()
    expect(response.headers.get('content-security-policy')).toMatch(/script-src 'self' 'sha256-[\w+/=]+';/)
    expect(page).not.toMatch(/(src|href)="(?!\/docs\/assets\/)/)
    const named = [...page.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path]) => `${base}${path}`)
    expect(await Promise.all(named.map(async (url) => (await fetch(url)).status))).toEqual([200, 200, 200])
    expect((await fetch(`${base}/docs/assets/package.json`)).status).toBe(404)
  })
})

test('tells browsers what they need before anybody has logged in', async () => {
  const { projectId, emulators } = deps.config
  expect(ClientConfig.parse(await (await fetch(`${base}/api/config`)).json())).toEqual({
    firebase: {
      apiKey: 'local',
      projectId,
      authDomain: `${projectId}.firebaseapp.com`,
      databaseURL: `https://${projectId}-default-rtdb.firebaseio.com`,
    },
    emulators: { auth: emulators?.auth, database: emulators?.database },
    stream_origin: '',
    map_tiles: null,
  })
})

test.each(['/nowhere', '/api', '/api/nowhere', '/API/config', '/consoles', '/docs/assets/../../app.ts'])(
  'answers the unknown path %s with JSON',
  async (path) => {
    const response = await fetch(base + path)
    expect([response.status, await response.json()]).toMatchObject([
      404,
      { success: false, error: { code: 'not-found' } },
    ])
  },
)

test('keeps replies out of caches and frames', async () => {
  const { headers } = await fetch(`${base}/api/config`)
  expect(Object.fromEntries(headers)).toMatchObject({
    'cache-control': 'no-store',
    'content-security-policy': "default-src 'none';frame-ancestors 'none';base-uri 'none'",
    'x-content-type-options': 'nosniff',
    'x-request-id': expect.any(String),
  })
  expect(headers.has('x-powered-by')).toBe(false)
  expect(headers.has('strict-transport-security')).toBe(false)
})

test.each<[string, string, Record<string, unknown>]>([
  [
    'lets an allowed origin call with a token',
    ALLOWED,
    {
      'access-control-allow-origin': ALLOWED,
      'access-control-allow-headers': 'Authorization,Content-Type,Idempotency-Key,Last-Event-ID,X-Request-Id',
      'access-control-expose-headers':
        'X-Request-Id,Retry-After,Idempotency-Replayed,RateLimit,RateLimit-Policy',
    },
  ],
  ['lets no other origin in', 'https://evil.example', { 'access-control-allow-origin': undefined }],
])('%s', async (_, origin, expected) => {
  const preflight = await fetch(`${base}/api/auth/me`, {
    method: 'OPTIONS',
    headers: { origin, 'access-control-request-method': 'GET' },
  })
  const reply = await fetch(`${base}/api/config`, { headers: { origin } })
  const headers = { ...Object.fromEntries(preflight.headers), ...Object.fromEntries(reply.headers) }
  expect({ 'access-control-allow-origin': undefined, ...headers }).toMatchObject(expected)
  expect(headers).not.toHaveProperty('access-control-allow-credentials')
})

describe('the web client', () => {
  test.each(['/console', '/console/calls/call_1', '/worker', '/worker/x'])(
    'is served at %s',
    async (path) => {
      const response = await fetch(base + path)
      expect([response.status, response.headers.get('cache-control')]).toEqual([200, 'no-cache'])
      expect(await response.text()).toContain(`<title>${path.split('/')[1]}</title>`)
    },
  )

  test('may reach the emulators and us, and runs only our own scripts', async () => {
    const policy = (await fetch(`${base}/console`)).headers.get('content-security-policy')
    expect(policy).toContain("script-src 'self';")
    expect(policy).toContain("connect-src 'self' http://127.0.0.1:9 http://127.0.0.1:9 ws://127.0.0.1:9;")
  })

  test('shows pictures from elsewhere, portraits, in the console only', async () => {
    const policyOf = async (path: string) => (await fetch(base + path)).headers.get('content-security-policy')
    expect(await policyOf('/console/qa')).toContain("img-src 'self' data: blob: https:;")
    expect(await policyOf('/worker')).toContain("img-src 'self' data: blob:;")
  })

  test('sends the front door to the console', async () => {
    const response = await fetch(`${base}/`, { redirect: 'manual' })
    expect([response.status, response.headers.get('location')]).toEqual([302, '/console'])
  })

  test('lets hashed assets be kept for ever, and nothing else', async () => {
    const cacheOf = async (path: string) => (await fetch(base + path)).headers.get('cache-control')
    expect(await cacheOf('/assets/main-1a2b3c.js')).toBe('public, max-age=31536000, immutable')
    expect(await cacheOf('/favicon.svg')).toBe('no-cache')
    expect((await fetch(`${base}/assets/gone.js`)).status).toBe(404)
  })
})
