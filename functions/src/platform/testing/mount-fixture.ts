import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import express from 'express'
import type { RequestHandler } from 'express'
import { z } from 'zod'
import type { Actor } from '../../auth/actor.ts'
import { memoryCounters } from '../../limits/counters.ts'
import { createRateLimits } from '../../limits/rate-limits.ts'
import { AppError, apiErrors } from '../errors.ts'
import { createLogger } from '../logger.ts'
import { createMetrics } from '../metrics.ts'
import { manualClock } from './manual-clock.ts'
import { mount } from '../mount.ts'
import { reportErrors } from '../report-error.ts'
import { requestScope } from '../request-scope.ts'
import { defineRoute } from '../route.ts'
import type { Route } from '../route.ts'
import { testConfig } from './test-config.ts'

const ACTOR: Actor = {
  kind: 'api',
  uid: 'admin_ava',
  role: 'manager',
  company_id: 'c_acme',
  tokenId: 't1',
  sessionId: 's1',
  issuedAt: 0,
  expiresAt: 1,
}
/** What handlers of the fixture saw, for the tests to look at. */
export const seen = { streamSignal: Promise.withResolvers<AbortSignal>(), secrets: 0, lines: [] as string[] }

const common = { summary: 'x', tags: ['test'], access: 'public' } as const
const Echo = z.object({ text: z.string().max(5) })

const routes: Route[] = [
  defineRoute({
    ...common,
    method: 'get',
    path: '/api/things/{id}',
    params: z.object({ id: z.string().max(4) }),
    query: z.object({ page: z.coerce.number().int().default(1) }),
    replies: { 200: { description: 'x', schema: z.object({ id: z.string(), page: z.number() }) } },
    handle: async ({ params, query }) => ({ status: 200, body: { ...params, ...query } }),
  }),
  defineRoute({
    ...common,
    method: 'get',
    path: '/api/things/latest',
    replies: { 200: { description: 'x', contentType: 'text/plain' } },
    handle: async () => ({ status: 200, body: 'the latest' }),
  }),
  defineRoute({
    ...common,
    method: 'post',
    path: '/api/echo',
    body: { schema: Echo, limit: 100 },
    replies: { 201: { description: 'x', schema: Echo } },
    handle: async ({ body }) => ({ status: 201, body, headers: { 'x-extra': 'yes' } }),
  }),
  defineRoute({
    ...common,
    method: 'post',
    path: '/api/form',
    body: { schema: Echo.partial(), contentType: 'application/x-www-form-urlencoded', optional: true },
    replies: { 200: { description: 'x', schema: Echo.partial() } },
    handle: async ({ body }) => ({ status: 200, body }),
  }),
  defineRoute({
    ...common,
    access: 'bearer',
    method: 'post',
    path: '/api/secret',
    body: { schema: z.unknown() },
    replies: { 200: { description: 'x', schema: z.object({ uid: z.string() }) } },
    async handle({ actor }) {
      seen.secrets += 1
      return { status: 200, body: { uid: actor.uid } }
    },
  }),
  defineRoute({
    ...common,
    method: 'get',
    path: '/api/stream',
    replies: { 200: { description: 'x', contentType: 'text/event-stream' } },
    async handle({ response, signal }) {
      seen.streamSignal.resolve(signal)
      response.writeHead(200, { 'content-type': 'text/event-stream' }).write('event: initial\n\n')
      await once(signal, 'abort')
    },
  }),
  ...Object.entries<() => unknown>({
    refused() {
      throw new AppError('conflict', 'Taken', { headers: { 'Retry-After': '3' } })
    },
    crashes() {
      throw new Error('quoted: help me')
    },
    'wrong-reply': () => Number.NaN,
  }).map(([name, answer]) =>
    defineRoute({
      ...common,
      method: 'get',
      path: `/api/${name}`,
      replies: { 200: { description: 'x', schema: z.object({ n: z.number() }) } },
      handle: async () => ({ status: 200, body: { n: Number(answer()) } }),
    }),
  ),
  defineRoute({
    ...common,
    method: 'get',
    path: '/api/forgets',
    replies: { 200: { description: 'x', contentType: 'text/plain' } },
    handle: async () => {},
  }),
  defineRoute({
    ...common,
    method: 'get',
    path: '/api/breaks-off',
    replies: { 200: { description: 'x', contentType: 'text/plain' } },
    async handle({ response }) {
      response.writeHead(200, { 'content-length': '100' }).write('half')
      throw new Error('too late')
    },
  }),
]

const clock = manualClock(Date.UTC(2025, 9, 3))
const log = createLogger({ logLevel: 'info' }, { write: (line: string) => seen.lines.push(line) })
const deps = {
  config: testConfig(),
  clock,
  log,
  rateLimits: createRateLimits(memoryCounters, log),
  metrics: createMetrics(),
  async verifyToken(token: string) {
    if (token !== 'good') throw new AppError('unauthenticated', 'The token is not valid')
    return ACTOR
  },
}

/** An app of routes that do one thing each, listening on a port of its own; `before` comes ahead of it all. */
export async function startFixture(before: RequestHandler[] = []): Promise<{ port: number; close(): void }> {
  const app = express().use(...before, requestScope(deps))
  mount(app, routes, deps)
  app.use(() => {
    throw new AppError('not-found', 'There is nothing at this path')
  })
  app.use(reportErrors(apiErrors, deps))
  const server = app.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { port: (server.address() as AddressInfo).port, close: () => void server.close() }
}
