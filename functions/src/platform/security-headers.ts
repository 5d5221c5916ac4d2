import cors from 'cors'
import type { RequestHandler } from 'express'
import helmet from 'helmet'
import type { Config } from './config.ts'

/** Helmet's headers for everything that answers with data: nothing in a reply may load or frame anything. */
export function securityHeaders({ emulators }: Pick<Config, 'emulators'>): RequestHandler {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"], baseUri: ["'none'"] },
    },
    // The local suite is plain HTTP, and browsers would remember the header for all of localhost.
    strictTransportSecurity: emulators === null,
    // `ALLOWED_ORIGINS` decides who may read, and cannot while this forbids it.
    crossOriginResourcePolicy: { policy: 'cross-origin' },
  })
}

/** Pages of other origins may call with a bearer token, never with our cookie. */
export function crossOrigin({ allowedOrigins }: Pick<Config, 'allowedOrigins'>): RequestHandler {
  return cors({
    origin: [...allowedOrigins],
    credentials: false,
    methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
    allowedHeaders: ['Authorization', 'Content-Type', 'Idempotency-Key', 'Last-Event-ID', 'X-Request-Id'],
    exposedHeaders: ['X-Request-Id', 'Retry-After', 'Idempotency-Replayed', 'RateLimit', 'RateLimit-Policy'],
    maxAge: 600,
  })
}

/** Everything that is not an asset is about somebody, or about now. */
export const noStore: RequestHandler = (_request, response, next) => {
  response.setHeader('cache-control', 'no-store')
  next()
}
