import { z } from 'zod'
import type { Config } from '../platform/config.ts'
import { AppError } from '../platform/errors.ts'

/** The uid behind an e-mail address and its password. Throws `AppError`: 401, 429 or 503. */
export type CheckPassword = (email: string, password: string, signal: AbortSignal) => Promise<string>

const DEADLINE_MS = 10_000
const SignedIn = z.object({ localId: z.string().min(1) })
const Refused = z.object({ error: z.object({ message: z.string() }) })

/**
 * Identity Toolkit's words for "no": with e-mail enumeration protection on and off, and by the emulator. They
 * become one answer, so that nobody learns which addresses have an account.
 */
const WRONG = new Set([
  'INVALID_LOGIN_CREDENTIALS',
  'INVALID_PASSWORD',
  'EMAIL_NOT_FOUND',
  'INVALID_EMAIL',
  'USER_DISABLED',
  'MISSING_PASSWORD',
])

/** `accounts:signInWithPassword` of Identity Toolkit, or of the Auth emulator where one is configured. */
export function createCheckPassword(
  { firebaseApiKey, emulators, projectId }: Pick<Config, 'firebaseApiKey' | 'emulators' | 'projectId'>,
  fetcher: typeof fetch = fetch,
): CheckPassword {
  const host = emulators
    ? `http://${emulators.auth}/identitytoolkit.googleapis.com`
    : 'https://identitytoolkit.googleapis.com'
  const url = `${host}/v1/accounts:signInWithPassword?key=${encodeURIComponent(firebaseApiKey)}`
  // The emulator takes any API key for its own project, unless an owner names another.
  const headers = { 'content-type': 'application/json', ...(emulators && { authorization: 'Bearer owner' }) }
  const project = emulators ? { targetProjectId: projectId } : {}

  return async (email, password, signal) => {
    let response: Response
    let body: unknown
    try {
      response = await fetcher(url, {
        method: 'POST',
        headers,
        body: JSON.stringify({ email, password, returnSecureToken: true, ...project }),
        signal: AbortSignal.any([signal, AbortSignal.timeout(DEADLINE_MS)]),
      })
      body = await response.json()
    } catch (cause) {
      throw new AppError('unavailable', 'The identity service does not answer', { cause })
    }
    const signedIn = SignedIn.safeParse(body)
    if (response.ok && signedIn.success) return signedIn.data.localId

    // Google appends an explanation to some codes: `TOO_MANY_ATTEMPTS_TRY_LATER : Access …`.
    const code = Refused.safeParse(body).data?.error.message.split(' ')[0] ?? ''
    if (WRONG.has(code)) throw new AppError('unauthenticated', 'Wrong e-mail address or password')
    if (code === 'TOO_MANY_ATTEMPTS_TRY_LATER') {
      throw new AppError('too-many-requests', 'Too many attempts; try again later', {
        headers: { 'Retry-After': '60' },
      })
    }
    const cause = new Error('unexpected answer of the identity service')
    throw new AppError('unavailable', 'The identity service does not answer', {
      cause: Object.assign(cause, { code: /^[A-Z_]{1,60}$/.test(code) ? code : response.status }),
    })
  }
}
