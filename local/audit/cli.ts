import { deleteApp, initializeApp } from 'firebase-admin/app'
import { getFirestore } from 'firebase-admin/firestore'
import { verifyAudit } from '../../functions/src/audit/verify-audit.ts'

/** Checks the audit log of a project: of a deployed one with one's own credentials, or of a running local suite. */
const [projectId = process.env.GCLOUD_PROJECT] = process.argv.slice(2)
if (projectId === undefined) {
  console.error('Usage: npm run verify-audit -- <project id>')
  process.exit(2)
}
const app = initializeApp({ projectId })
const { chains, entries, faults } = await verifyAudit(getFirestore(app))
await deleteApp(app)
for (const { fault, ...where } of faults) console.log(`${fault}: ${JSON.stringify(where)}`)
console.log(`${entries} entries in ${chains} chains, ${faults.length} faults`)
process.exit(faults.length === 0 ? 0 : 1)
