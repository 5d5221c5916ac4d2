import type { Deps } from '../../deps.ts'
import type { AdminRole } from '../schema.ts'

export const PASSWORD = 'lifeline-demo'

/** Makes an admin who can log in: the account with its claims, and `admins/{uid}`. */
export async function addAdmin(
  { auth, firestore }: Pick<Deps, 'auth' | 'firestore'>,
  admin: {
    uid: string
    email: string
    role: AdminRole
    company_id: string
    manager_id?: string
    name?: string
  },
): Promise<void> {
  const { uid, email, role, company_id, manager_id = null, name = uid } = admin
  await auth.createUser({ uid, email, password: PASSWORD })
  await Promise.all([
    auth.setCustomUserClaims(uid, { role, company_id }),
    firestore.collection('admins').doc(uid).set({ company_id, role, manager_id, name }),
  ])
}

/** Makes a worker with an account and a record. */
export async function addWorker(
  { auth, firestore }: Pick<Deps, 'auth' | 'firestore'>,
  { uid, email, company_id, name = uid }: { uid: string; email: string; company_id: string; name?: string },
): Promise<void> {
  await auth.createUser({ uid, email, password: PASSWORD })
  await Promise.all([
    auth.setCustomUserClaims(uid, { role: 'worker', company_id }),
    firestore.collection('workers').doc(uid).set({ company_id, name, mobile_no: '' }),
  ])
}

/** A Firebase ID token as the browser SDK gets one. */
export async function signIn({ config }: Pick<Deps, 'config'>, email: string): Promise<string> {
  const url = `http://${config.emulators?.auth}/identitytoolkit.googleapis.com/v1/accounts:signInWithPassword?key=local`
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: 'Bearer owner' },
    body: JSON.stringify({
      email,
      password: PASSWORD,
      returnSecureToken: true,
      targetProjectId: config.projectId,
    }),
  })
  const { idToken } = (await response.json()) as { idToken?: string }
  if (idToken === undefined) throw new Error(`${email} could not sign in`)
  return idToken
}
