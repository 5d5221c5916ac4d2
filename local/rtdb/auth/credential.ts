import { z } from 'zod'

import { ownMember } from '../tree/own-member.ts'
import { administrator } from './access.ts'
import type { Access } from './access.ts'

/** The token with which the Admin SDK and firebase-tools speak to an emulator. */
const administratorToken = 'owner'

/** What a credential proves; `expires` in seconds since the epoch, where the token says so. */
export type Authentication =
  | { readonly status: 'ok'; readonly access: Access; readonly expires?: number }
  | { readonly status: 'invalid_token' | 'expired_token' }

const Claims = z.looseObject({
  sub: z.string().min(1).max(128),
  exp: z.number().optional(),
})

/**
 * Judges `owner` (an administrator), or an ID token: unsigned from the Auth emulator and the SDKs' mock users, or
 * signed by the real service. Neither can be verified here, so both are believed, as an emulator does.
 * The lifetime counts for signed tokens only: mock tokens say that they ended in 1970 (protocol notes, section 4).
 * @param now milliseconds since the epoch
 */
export function authenticate(credential: string, now: number): Authentication {
  if (credential === administratorToken) return { status: 'ok', access: administrator }
  const [header, payload, signature, ...rest] = credential.split('.')
  if (header === undefined || payload === undefined || signature === undefined || rest.length > 0) {
    return { status: 'invalid_token' }
  }
  const { success, data: claims } = Claims.safeParse(decode(payload))
  if (!success || decode(header) === undefined) return { status: 'invalid_token' }
  if (signature !== '' && claims.exp !== undefined && claims.exp * 1000 <= now) {
    return { status: 'expired_token' }
  }
  const provider = ownMember(claims['firebase'], 'sign_in_provider') ?? null
  const auth = { uid: claims.sub, provider, token: claims }
  return {
    status: 'ok',
    access: { admin: false, auth },
    ...(claims.exp !== undefined && { expires: claims.exp }),
  }
}

/** What an administrator may ask for instead: the rules, with the given `auth`. */
export function overrideAccess(access: Access, override: Readonly<Record<string, unknown>> | null): Access {
  return access.admin ? { admin: false, auth: override } : access
}

function decode(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString())
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
