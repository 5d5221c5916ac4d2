import { pino, stdTimeFunctions } from 'pino'
import type { DestinationStream, Logger } from 'pino'
import { z } from 'zod'
import type { Config } from './config.ts'

/** Cloud Logging's names for our levels. */
const SEVERITY: Readonly<Record<string, string>> = {
  trace: 'DEBUG',
  debug: 'DEBUG',
  info: 'INFO',
  warn: 'WARNING',
  error: 'ERROR',
  fatal: 'CRITICAL',
}

/** What could carry a secret or people's words if somebody logged a whole object by mistake. */
const SECRET_FIELDS = [
  'authorization',
  'cookie',
  'password',
  'token',
  'access_token',
  'refresh_token',
  'content',
]
const REDACTED_PATHS = SECRET_FIELDS.flatMap((field) => [field, `*.${field}`, `*.*.${field}`])

/**
 * What an error says about itself without its message: messages of drivers and providers quote what they were
 * given (STYLE 14). The frames tell where it came from; zod's issues name fields, not values.
 */
function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { type: typeof error }
  const frames = (error.stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .map((line) => line.trim())
  const { code } = error as { code?: unknown }
  return {
    type: error.name,
    ...((typeof code === 'string' || typeof code === 'number') && { code }),
    ...(error instanceof z.ZodError && {
      issues: error.issues.map(({ path, code }) => `${path.join('.')}: ${code}`),
    }),
    frames: frames.slice(0, 12),
    ...(error.cause !== undefined && { cause: describeError(error.cause) }),
  }
}

/** Lines of JSON on standard output, as Cloud Logging reads them. `err` is always described, never quoted. */
export function createLogger(
  { logLevel }: Pick<Config, 'logLevel'>,
  // In order and at once: a line that is still on its way when the process exits would be lost, or come after later ones.
  destination: DestinationStream = pino.destination({ sync: true }),
): Logger {
  const options = {
    level: logLevel,
    base: null,
    messageKey: 'message',
    timestamp: stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ severity: SEVERITY[label] ?? 'DEFAULT' }) },
    serializers: { err: describeError },
    redact: REDACTED_PATHS,
  }
  return pino(options, destination)
}
