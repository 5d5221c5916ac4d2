import type { Deps } from '../deps.ts'
import { DOCS_PAGE, DOCS_POLICY } from './docs-page.ts'
import { Health, createHealthCheck } from './health.ts'
import { metricsRoute } from './metrics-route.ts'
import { describeRoutes } from './openapi.ts'
import type { Contract } from './openapi.ts'
import { defineRoute } from './route.ts'
import type { Route } from './route.ts'
import { ClientConfig } from './schema.ts'

const tags = ['platform']

function clientConfig({ config }: Pick<Deps, 'config'>): ClientConfig {
  const { projectId, firebaseApiKey, databaseUrl, emulators, streamOrigin, mapTiles } = config
  return {
    firebase: {
      apiKey: firebaseApiKey,
      projectId,
      authDomain: `${projectId}.firebaseapp.com`,
      databaseURL: databaseUrl,
    },
    emulators: emulators && { auth: emulators.auth, database: emulators.database },
    stream_origin: streamOrigin,
    map_tiles: mapTiles,
  }
}

/**
 * What the product says about itself. Besides `/healthz` there is `/api/health`, because Cloud Run's own front
 * end keeps some paths that end in `z` to itself.
 */
export function platformRoutes(deps: Deps, others: readonly Route[], contract: Contract): Route[] {
  const checkHealth = createHealthCheck(deps)
  const health = (path: `/${string}`) =>
    defineRoute({
      method: 'get',
      path,
      summary: 'Whether the service and its databases answer',
      tags,
      access: 'public',
      replies: {
        200: { description: 'Everything answers', schema: Health },
        503: { description: 'A database does not answer', schema: Health },
      },
      async handle() {
        const body = await checkHealth()
        return body.status === 'ok' ? { status: 200, body } : { status: 503, body }
      },
    })
  const routes: Route[] = [
    health('/healthz'),
    health('/api/health'),
    metricsRoute(deps),
    defineRoute({
      method: 'get',
      path: '/api/config',
      summary: 'What a browser needs to know before anybody has logged in',
      tags,
      access: 'public',
      replies: { 200: { description: 'The configuration', schema: ClientConfig } },
      async handle() {
        return { status: 200, body: clientConfig(deps) }
      },
    }),
    defineRoute({
      method: 'get',
      path: '/openapi.json',
      summary: 'This document',
      tags,
      access: 'public',
      replies: { 200: { description: 'OpenAPI 3.1', contentType: 'application/json' } },
      async handle() {
        return { status: 200, body: document }
      },
    }),
    defineRoute({
      method: 'get',
      path: '/docs',
      summary: 'This document, for people',
      tags,
      access: 'public',
      replies: { 200: { description: 'A page', contentType: 'text/html' } },
      async handle() {
        return { status: 200, body: DOCS_PAGE, headers: { 'content-security-policy': DOCS_POLICY } }
      },
    }),
  ]
  const document = JSON.stringify(describeRoutes([...others, ...routes], contract))
  return routes
}
