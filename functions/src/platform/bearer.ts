import type { IncomingMessage } from 'node:http'

/** The token of `Authorization: Bearer …`; `undefined` when there is none (RFC 6750 §2.1). */
export function bearerToken({ headers }: Pick<IncomingMessage, 'headers'>): string | undefined {
  return /^Bearer +(\S+) *$/i.exec(headers.authorization ?? '')?.[1]
}
