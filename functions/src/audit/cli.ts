import { deleteApp, initializeApp } from 'firebase-admin/app'
import { getFirestore } from 'firebase-admin/firestore'
import { verifyAudit } from './verify-audit.ts'

/** Checks the audit log of a project: of a deployed one with one's own credentials, or of a running local suite. */
const [projectId = process.env.GCLOUD_PROJECT] = process.argv.slice(2)
if (projectId === undefined) {
  process.stderr.write('Usage: npm run verify-audit -- <project id>\n')
  process.exit(2)
}
const app = initializeApp({ projectId })
const { chains, entries, faults } = await verifyAudit(getFirestore(app)).catch((error: unknown) => {
  // Not 1, which says that somebody has touched the log.
  process.stderr.write(`The log cannot be read: ${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(2)
})
await deleteApp(app)
for (const { fault, ...where } of faults) process.stdout.write(`${fault}: ${JSON.stringify(where)}\n`)
process.stdout.write(`${entries} entries in ${chains} chains, ${faults.length} faults\n`)
process.exit(faults.length === 0 ? 0 : 1)
