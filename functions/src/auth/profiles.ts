import type { Firestore } from 'firebase-admin/firestore'
import { z } from 'zod'
import { AppError } from '../platform/errors.ts'
import { Id } from '../platform/schema.ts'
import type { Accounts } from './accounts.ts'
import { AdminRole } from './schema.ts'
import type { Claims, Me, Role } from './schema.ts'

/** `admins/{uid}` as stored (DESIGN 2). */
const AdminRecord = z.object({
  company_id: Id,
  role: AdminRole,
  manager_id: Id.nullable().default(null),
  name: z.string().default(''),
})
const WorkerRecord = z.object({
  company_id: Id,
  manager_id: z.null().default(null),
  name: z.string().default(''),
})
const CompanyRecord = z.object({ name: z.string().default('') })

export interface Profiles {
  /**
   * The role and company of an admin who may log in now. The custom claims and `admins/{uid}` have to agree: either
   * one alone is a half-made or half-removed account. Throws `AppError` `forbidden` or `unauthenticated`.
   */
  identifyAdmin(uid: string): Promise<Claims & { uid: string; validSince: number }>
  /** What `GET /api/auth/me` shows. Throws `AppError` `not-found` when the account is gone. */
  read(uid: string, role: Role, companyId: string): Promise<Me>
}

/** Who the people behind the identities are: Firebase Auth's account joined with ours in Firestore. */
export function createProfiles(firestore: Firestore, accounts: Pick<Accounts, 'get' | 'refresh'>): Profiles {
  async function stored<S extends z.ZodType>(path: string, schema: S): Promise<z.output<S> | null> {
    const snapshot = await firestore.doc(path).get()
    return snapshot.exists ? schema.parse(snapshot.data()) : null
  }

  return {
    async identifyAdmin(uid) {
      const notSetUp = () => new AppError('forbidden', 'This account is not set up for the console')
      // Anything else could not be a document's name either.
      if (!Id.safeParse(uid).success) throw notSetUp()
      const [[account], admin] = await Promise.all([
        accounts.refresh([uid]),
        stored(`admins/${uid}`, AdminRecord),
      ])
      if (!account || account.disabled) throw new AppError('unauthenticated', 'This account is not enabled')
      const { claims, validSince } = account
      if (claims === null || admin?.role !== claims.role || admin.company_id !== claims.company_id) {
        throw notSetUp()
      }
      return { uid, ...claims, validSince }
    },

    async read(uid, role, companyId) {
      const isWorker = role === 'worker'
      const [account, person, company] = await Promise.all([
        accounts.get(uid),
        isWorker ? stored(`workers/${uid}`, WorkerRecord) : stored(`admins/${uid}`, AdminRecord),
        stored(`companies/${companyId}`, CompanyRecord),
      ])
      if (account === null) throw new AppError('not-found', 'This account does not exist any more')
      return {
        uid,
        role,
        company_id: companyId,
        company_name: company?.name ?? '',
        name: person?.name || account.displayName || '',
        email: account.email,
        manager_id: person?.manager_id ?? null,
      }
    },
  }
}
