import type { Request } from 'express'

/** The token of `Authorization: Bearer …`; `undefined` when there is none (RFC 6750 §2.1). */
export function bearerToken(request: Request): string | undefined {
  return /^Bearer +(\S+) *$/i.exec(request.get('authorization') ?? '')?.[1]
}
