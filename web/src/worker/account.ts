import { Claims, Id } from '@lifeline/functions/contract'
import { onAuthStateChanged, signInWithEmailAndPassword, signOut, type Auth, type User } from 'firebase/auth'
import { z } from 'zod'
import type { Caller } from './call-line.ts'
import { readMobileNumber } from './call-writes.ts'

export type Account =
  | { status: 'restoring' }
  | { status: 'signed-out' }
  /** Signed in, but as somebody who does not call for help here. */
  | { status: 'no-worker'; email: string }
  /** Signed in, but it cannot be found out for which company; needs a network once. */
  | { status: 'unknown' }
  | { status: 'worker'; caller: Caller; email: string }

const Kept = z.object({ uid: Id, companyId: Id, mobileNo: z.string() })
const CALLER_KEY = 'lifeline-caller'

/** Tells who is signed in, now and whenever that changes. Returns how to stop that. */
export function watchAccount(auth: Auth, storage: Storage, listener: (account: Account) => void): () => void {
  let latest = 0
  return onAuthStateChanged(auth, (user) => {
    const turn = ++latest
    const tell = async () => {
      const account = await identify(user, storage)
      if (turn === latest) listener(account)
    }
    void tell()
  })
}

async function identify(user: User | null, storage: Storage): Promise<Account> {
  if (user === null) return { status: 'signed-out' }
  const email = user.email ?? user.uid
  let token: Record<string, unknown>
  try {
    token = (await user.getIdTokenResult()).claims
  } catch {
    // Without a network an old token cannot be renewed; what it said is known from the last time.
    const kept = Kept.safeParse(parseJson(storage.getItem(CALLER_KEY)))
    if (!kept.success || kept.data.uid !== user.uid) return { status: 'unknown' }
    return { status: 'worker', caller: kept.data, email }
  }
  const claims = Claims.safeParse(token)
  if (!claims.success || claims.data.role !== 'worker') return { status: 'no-worker', email }
  const mobileNo = readMobileNumber(user.phoneNumber ?? token['phone_number'] ?? token['mobile_no'])
  const caller = { uid: user.uid, companyId: claims.data.company_id, mobileNo }
  storage.setItem(CALLER_KEY, JSON.stringify(caller))
  return { status: 'worker', caller, email }
}

/** Signs in; resolves with what went wrong in plain words, or with nothing. */
export async function signIn(auth: Auth, email: string, password: string): Promise<string | undefined> {
  try {
    await signInWithEmailAndPassword(auth, email, password)
    return undefined
  } catch (error) {
    return describeAuthError(error instanceof Error && 'code' in error ? String(error.code) : '')
  }
}

export async function leaveAccount(auth: Auth, storage: Storage): Promise<void> {
  storage.removeItem(CALLER_KEY)
  await signOut(auth)
}

/** Firebase's codes in words that say what to do. */
export function describeAuthError(code: string): string {
  switch (code) {
    case 'auth/invalid-credential':
    case 'auth/invalid-email':
    case 'auth/wrong-password':
    case 'auth/user-not-found':
    case 'auth/invalid-login-credentials':
      return 'E-mail or password is wrong.'
    case 'auth/user-disabled':
      return 'This account is switched off. Ask your company.'
    case 'auth/too-many-requests':
      return 'Too many tries. Wait a minute and try again.'
    case 'auth/network-request-failed':
      return 'No connection. Signing in needs the network once.'
    default:
      return 'Signing in did not work. Try again in a moment.'
  }
}

function parseJson(text: string | null): unknown {
  try {
    return JSON.parse(text ?? '')
  } catch {
    return undefined
  }
}
