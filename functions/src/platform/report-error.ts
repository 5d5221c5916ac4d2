import type { ErrorRequestHandler } from 'express'
import type { Deps } from '../deps.ts'
import { AppError } from './errors.ts'
import type { ErrorFamily } from './errors.ts'
import { scopeOf } from './request-scope.ts'

/** Refusals by Express and its body parsers (http-errors): their `type`, and what we say instead. */
const BY_TYPE: Readonly<Record<string, () => AppError>> = {
  'entity.parse.failed': () => new AppError('invalid-input', 'The body is not valid JSON'),
  'entity.too.large': () => new AppError('too-large', 'The body is too large'),
  'parameters.too.many': () => new AppError('too-large', 'The form has too many fields'),
}

/** The refusal behind `error`, or `undefined` when it is none that we understand. */
function asAppError(error: unknown): AppError | undefined {
  if (error instanceof AppError) return error
  if (!(error instanceof Error)) return undefined
  const { status, type } = error as { status?: unknown; type?: unknown }
  const known = typeof type === 'string' ? BY_TYPE[type] : undefined
  if (known) return known()
  // Whatever else the framework blames on the request (a path that does not decode, an unknown charset).
  if (typeof status === 'number' && status >= 400 && status < 500) {
    return new AppError('invalid-input', 'The request cannot be read', { cause: error })
  }
  return undefined
}

/** Express's last stop for a request: answers in the family's shape, once, and logs what deserves it. */
export function reportErrors(family: ErrorFamily, { clock }: Pick<Deps, 'clock'>): ErrorRequestHandler {
  // Express tells an error handler by its four parameters.
  return (error: unknown, request, response, _next) => {
    const { log, route } = scopeOf(request)
    const refusal = asAppError(error)
    const failure = refusal ?? new AppError('internal', 'Something went wrong on our side')
    if (failure.status >= 500) log.error({ route, code: failure.code, err: error }, 'request failed')
    else log.debug({ route, code: failure.code }, 'request refused')
    if (response.headersSent) {
      // Half a reply is out already; breaking the connection is the only way left to say so.
      response.destroy()
      return
    }
    const { code, message, details, familyCode } = failure
    const timestamp = new Date(clock.now()).toISOString()
    response
      .status(failure.status)
      .set(failure.headers)
      .json(
        family.body({
          code,
          message,
          timestamp,
          ...(details !== undefined && { details }),
          ...(familyCode !== undefined && { familyCode }),
        }),
      )
  }
}
