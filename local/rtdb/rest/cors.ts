import type { IncomingMessage } from 'node:http'

/** Any page may talk to the database: its rules, and not its origin, decide what it gets. */
export function corsHeaders({ headers }: IncomingMessage): Record<string, string> {
  return {
    'access-control-allow-origin': headers.origin ?? '*',
    'access-control-expose-headers': 'ETag',
    vary: 'Origin',
  }
}

/** What a preflight asks for is allowed. */
export function preflightHeaders({ headers }: IncomingMessage): Record<string, string> {
  const wanted = headers['access-control-request-headers']
  return {
    'access-control-allow-methods': 'GET, PUT, POST, PATCH, DELETE, OPTIONS',
    'access-control-allow-headers': wanted ?? 'Authorization, Content-Type, X-Firebase-ETag, If-Match',
    'access-control-max-age': '3600',
  }
}
