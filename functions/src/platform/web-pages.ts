import { resolve } from 'node:path'
import express from 'express'
import type { Express, RequestHandler } from 'express'
import type { Config } from './config.ts'

/** Where a page may connect to: us, and the Firebase services that it talks to directly. */
function connectSources({ emulators, streamOrigin }: Pick<Config, 'emulators' | 'streamOrigin'>): string[] {
  const own = ["'self'", ...(streamOrigin ? [streamOrigin] : [])]
  if (emulators) {
    const { auth, database } = emulators
    return [...own, `http://${auth}`, `http://${database}`, `ws://${database}`]
  }
  return [
    ...own,
    'https://identitytoolkit.googleapis.com',
    'https://securetoken.googleapis.com',
    'https://*.firebaseio.com',
    'wss://*.firebaseio.com',
    'https://*.firebasedatabase.app',
    'wss://*.firebasedatabase.app',
  ]
}

/** The pages' Content-Security-Policy. Mantine writes its theme into a style element, hence `unsafe-inline` there. */
function pagePolicy(config: Pick<Config, 'emulators' | 'streamOrigin'>, images = ''): string {
  return [
    "default-src 'self'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    `img-src 'self' data: blob:${images}`,
    "font-src 'self' data:",
    "media-src 'self' blob:",
    "worker-src 'self'",
    `connect-src ${connectSources(config).join(' ')}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')
}

const HASHED_ASSETS = /[\\/]assets[\\/]/

/** Serves the built web client: hashed assets for ever, and the page of each surface whatever follows its path. */
export function serveWebPages(app: Express, config: Config & { webDist: string }): void {
  const webDist = resolve(config.webDist)
  const policy = pagePolicy(config)
  // Portraits of prospects lie wherever a company keeps them; the worker's page shows nothing from elsewhere, no map either.
  const tiles = config.mapTiles === null ? '' : ` ${new URL(config.mapTiles.url).origin}`
  const policies: Record<string, string> = { console: pagePolicy(config, ` https:${tiles}`), worker: policy }
  const withPolicy =
    (chosen: string): RequestHandler =>
    (_request, response, next) => {
      response.setHeader('content-security-policy', chosen)
      next()
    }
  const sendPage =
    (file: string): RequestHandler =>
    (_request, response) => {
      response.setHeader('cache-control', 'no-cache')
      response.sendFile(file, { root: webDist, cacheControl: false })
    }
  const pages = express.Router()
  pages.get('/', (_request, response) => response.redirect('/console'))
  for (const [surface, chosen] of Object.entries(policies)) {
    pages.get([`/${surface}`, `/${surface}/{*rest}`], withPolicy(chosen), sendPage(`${surface}.html`))
  }
  app.use(pages)
  app.use(
    withPolicy(policy),
    express.static(webDist, {
      index: false,
      redirect: false,
      setHeaders(response, path) {
        const immutable = HASHED_ASSETS.test(path)
        response.setHeader('cache-control', immutable ? 'public, max-age=31536000, immutable' : 'no-cache')
      },
    }),
  )
}
