import { randomUUID } from 'node:crypto'
import type { Request, RequestHandler } from 'express'
import type { Logger } from 'pino'
import type { Deps } from '../deps.ts'
import { traceFields } from './trace.ts'

/** What belongs to one request and is made before anything else looks at it. */
export interface RequestScope {
  requestId: string
  log: Logger
  /** Aborts when the exchange is over: the reply is complete or the client has gone. */
  signal: AbortSignal
  /** The declared path, once a route has claimed the request; for the log. */
  route: string | null
  uid: string | null
}

const scopes = new WeakMap<Request, RequestScope>()

/** Throws when `requestScope` has not run, which is a mistake in how the app was put together. */
export function scopeOf(request: Request): RequestScope {
  const scope = scopes.get(request)
  if (!scope) throw new Error('requestScope has to be the first middleware')
  return scope
}

/** A caller's own id is taken over when it could not break a log line or a header. */
const SANE_REQUEST_ID = /^[A-Za-z0-9._-]{8,64}$/

/** Gives every request its id, logger and signal, and writes one line to the log when it is over. */
export function requestScope({
  log,
  clock,
  config,
  metrics,
}: Pick<Deps, 'log' | 'clock' | 'config' | 'metrics'>): RequestHandler {
  return (request, response, next) => {
    const given = request.get('x-request-id')
    const requestId = given !== undefined && SANE_REQUEST_ID.test(given) ? given : randomUUID()
    const over = new AbortController()
    const scope: RequestScope = {
      requestId,
      log: log.child({ requestId, ...traceFields(request, config.projectId) }),
      signal: over.signal,
      route: null,
      uid: null,
    }
    scopes.set(request, scope)
    response.setHeader('x-request-id', requestId)
    const startedAt = clock.now()
    response.once('close', () => {
      over.abort()
      const ms = clock.now() - startedAt
      const type = String(response.getHeader('content-type') ?? '')
      metrics.request({
        route: scope.route,
        method: request.method,
        status: response.statusCode,
        ms,
        isStream: type.startsWith('text/event-stream'),
      })
      scope.log.info(
        {
          method: request.method,
          route: scope.route,
          status: response.statusCode,
          complete: response.writableFinished,
          ms,
          ...(scope.uid !== null && { uid: scope.uid }),
        },
        'request',
      )
    })
    next()
  }
}
