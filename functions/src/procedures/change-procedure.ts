import type { Actor } from '../auth/actor.ts'
import type { Deps } from '../deps.ts'
import { AppError } from '../platform/errors.ts'
import { DocumentId } from '../platform/schema.ts'
import { answered } from '../streaming/answered.ts'
import { MAX_OWN, type ProcedureLibrary } from './library.ts'
import type { Procedure, ProcedureBody } from './schema.ts'
import { ownProcedures, readStored, toStored } from './stored-procedure.ts'

/** Versions that are shown; older ones stay stored. */
const MAX_VERSIONS = 50

type ChangeDeps = Pick<Deps, 'firestore' | 'clock' | 'log' | 'audit'> & { library: ProcedureLibrary }
type Manager = Pick<Actor, 'uid' | 'role' | 'company_id'>

const unknownProcedure = (): AppError => new AppError('not-found', 'There is no such procedure')

/** What a change makes of the procedure as it is; undefined: there is no such version to go back to. */
type Change =
  | { act: 'create' | 'edit'; body: Omit<ProcedureBody, 'version'> }
  | { act: 'delete' }
  | { act: 'restore'; restore: number }

/**
 * Changes a procedure for one company, as its next version; what it was stays kept. A procedure of ours becomes the
 * company's own by it, and ours stays as it is for everybody else.
 *
 * @param seen the version that the caller has seen; null for one that does not exist yet
 * @throws AppError `not-found` for an unknown one, `conflict` (`details.version`) when it has changed since,
 * `unavailable` when Firestore does not answer.
 */
export async function changeProcedure(
  deps: ChangeDeps,
  manager: Manager,
  procedureId: string,
  { seen, change }: { seen: number | null; change: Change },
): Promise<Procedure> {
  if (!DocumentId.safeParse(procedureId).success) throw unknownProcedure()
  const { firestore, clock, library } = deps
  const own = ownProcedures(firestore, manager.company_id)
  const reference = own.doc(procedureId)
  const versions = reference.collection('versions')
  const ours = await library.standard(procedureId)
  const changed = await answered(
    firestore.runTransaction(async (transaction) => {
      const document = await transaction.get(reference)
      const stored = document.exists ? readStored(deps, procedureId, document) : null
      const current = stored ?? ours ?? null
      if ((current === null) !== (seen === null)) throw unknownProcedure()
      if (current !== null && current.version !== seen) throw overtaken(current)
      if (!document.exists && (await transaction.get(own.count())).data().count >= MAX_OWN) throw full()
      const earlier =
        change.act === 'restore'
          ? (await transaction.get(versions.doc(String(change.restore)))).exists
            ? readStored(deps, procedureId, await transaction.get(versions.doc(String(change.restore))))
            : ours !== undefined && ours.version === change.restore
              ? ours
              : null
          : null
      const next = apply({ change, current, earlier, procedureId })
      if (next === null) throw unknownProcedure()
      const now = new Date(clock.now()).toISOString()
      const isReviewed = change.act !== 'delete' && change.act !== 'restore' && change.body.reviewed
      const procedure: Procedure = {
        ...next,
        version: (current?.version ?? 0) + 1,
        changed_by: manager.uid,
        changed_at: now,
        ...(isReviewed && { reviewed_by: manager.uid, reviewed_at: now }),
      }
      if (stored === null && ours !== undefined) {
        transaction.set(versions.doc(String(ours.version)), toStored(ours))
      }
      transaction.set(reference, toStored(procedure))
      transaction.set(versions.doc(String(procedure.version)), toStored(procedure))
      return procedure
    }),
    clock,
  )
  await deps.audit.commit({
    actor: manager,
    action: 'procedure.change',
    outcome: 'done',
    company_id: manager.company_id,
    conversation_id: null,
    call_id: null,
    details: { procedure_id: procedureId, version: changed.version, act: change.act },
    key: `procedure ${manager.company_id} ${procedureId} ${changed.version}`,
  })
  return changed
}

/** The next version but for its number and who made it. */
function apply({
  change,
  current,
  earlier,
  procedureId,
}: {
  change: Change
  current: Procedure | null
  earlier: Procedure | null
  procedureId: string
}): Procedure | null {
  if (change.act === 'delete') return current && !current.deleted ? { ...current, deleted: true } : null
  // The review of an earlier version holds for its words, whichever number they bear.
  if (change.act === 'restore') return earlier && { ...earlier, origin: 'company', deleted: false }
  const { reviewed: _, ...content } = change.body
  return {
    ...content,
    procedure_id: procedureId,
    origin: 'company',
    version: 0,
    changed_by: null,
    changed_at: null,
    reviewed_by: null,
    reviewed_at: null,
    deleted: false,
  }
}

const overtaken = ({ version, changed_by }: Procedure): AppError =>
  new AppError('conflict', 'The procedure has been changed meanwhile. Look at it again first.', {
    details: { reason: 'changed-since', version, changed_by },
  })

const full = (): AppError =>
  new AppError('conflict', `A company has at most ${MAX_OWN} procedures of its own`, {
    details: { reason: 'too-many' },
  })

/**
 * A procedure and what it was before, latest first.
 *
 * @throws AppError `not-found`; `unavailable` when Firestore does not answer.
 */
export async function readProcedure(
  deps: Omit<ChangeDeps, 'audit'>,
  companyId: string,
  procedureId: string,
): Promise<{ procedure: Procedure; versions: Procedure[] }> {
  if (!DocumentId.safeParse(procedureId).success) throw unknownProcedure()
  const { firestore, clock, library } = deps
  const reference = ownProcedures(firestore, companyId).doc(procedureId)
  const [document, kept, ours] = await Promise.all([
    answered(reference.get(), clock),
    answered(reference.collection('versions').orderBy('version', 'desc').limit(MAX_VERSIONS).get(), clock),
    library.standard(procedureId),
  ])
  const own = document.exists ? readStored(deps, procedureId, document) : null
  const procedure = own ?? ours
  if (procedure === undefined) throw unknownProcedure()
  const versions = kept.docs.flatMap((version) => readStored(deps, procedureId, version) ?? [])
  return { procedure, versions: versions.length > 0 ? versions : [procedure] }
}
