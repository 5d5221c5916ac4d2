import { createHash, timingSafeEqual } from 'node:crypto'
import type { Deps } from '../deps.ts'
import { bearerToken } from './bearer.ts'
import { AppError } from './errors.ts'
import { type Route, defineRoute } from './route.ts'
import { sharedMeasuresText } from './shared-measures.ts'

/**
 * `GET /metrics` (spec 2 "Monitoring"): open in the local suite, by `METRICS_TOKEN` elsewhere, and nowhere to be found
 * where none is set.
 */
export const metricsRoute = (deps: Pick<Deps, 'config' | 'metrics' | 'database' | 'clock' | 'log'>): Route =>
  defineRoute({
    method: 'get',
    path: '/metrics',
    summary: 'What this process, and all functions together, count and time, for Prometheus',
    description:
      'Needs `Authorization: Bearer` with the configured token, if there is one; without one it is only there in the local suite.',
    tags: ['platform'],
    access: 'public',
    replies: {
      200: { description: 'Prometheus text format', contentType: 'text/plain; version=0.0.4' },
      401: { description: 'The token is missing or wrong' },
      404: { description: 'Measures are not served here' },
    },
    async handle({ request }) {
      const { metricsToken, emulators } = deps.config
      if (metricsToken === null && emulators === null) {
        throw new AppError('not-found', 'There is nothing at this path')
      }
      if (metricsToken !== null && !isSame(bearerToken(request) ?? '', metricsToken)) {
        throw new AppError('unauthenticated', 'The token is not valid')
      }
      const [own, shared] = await Promise.all([deps.metrics.text(), sharedMeasuresText(deps)])
      return { status: 200, body: own + shared }
    },
  })

/** In the same time wherever the two differ. */
const isSame = (a: string, b: string): boolean => timingSafeEqual(digest(a), digest(b))
const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
