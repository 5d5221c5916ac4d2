import type { DocumentSnapshot, Firestore } from 'firebase-admin/firestore'
import { z } from 'zod'
import type { Deps } from '../deps.ts'
import { nearestShowable } from '../platform/calendar.ts'
import { Id } from '../platform/schema.ts'
import { type Procedure, ProcedureContent } from './schema.ts'

/**
 * `companies/{company_id}/procedures/{procedure_id}` and, once for each version there was, `…/versions/{version}` below
 * it: a procedure of the company's own, under the id of one of ours in its place. Times are ms since 1970.
 */
const StoredProcedure = ProcedureContent.extend({
  version: z.int().positive(),
  origin: z.enum(['standard', 'company']).default('company'),
  changed_by: Id.nullable(),
  changed_at: z.number().nullable(),
  reviewed_by: Id.nullable(),
  reviewed_at: z.number().nullable(),
  deleted: z.boolean().default(false),
})
type StoredProcedure = z.infer<typeof StoredProcedure>

export const ownProcedures = (firestore: Firestore, companyId: string) =>
  firestore.collection(`companies/${companyId}/procedures`)

/** Null for what cannot be read: the one of ours stands then, if there is one. */
export function readStored(
  { log }: Pick<Deps, 'log'>,
  procedureId: string,
  document: DocumentSnapshot,
): Procedure | null {
  const stored = StoredProcedure.safeParse(document.data())
  if (stored.success && Id.safeParse(procedureId).success) return show(procedureId, stored.data)
  log.warn({ procedureId: procedureId.slice(0, 128) }, 'malformed procedure left out')
  return null
}

const show = (procedure_id: string, { changed_at, reviewed_at, ...rest }: StoredProcedure): Procedure => ({
  procedure_id,
  ...rest,
  changed_at: changed_at === null ? null : iso(changed_at),
  reviewed_at: reviewed_at === null ? null : iso(reviewed_at),
})

const iso = (at: number): string => new Date(nearestShowable(at)).toISOString()

/** As it is stored: its id is that of its document. */
export const toStored = ({ changed_at, reviewed_at, ...rest }: Procedure): StoredProcedure =>
  StoredProcedure.parse({
    ...rest,
    changed_at: changed_at === null ? null : Date.parse(changed_at),
    reviewed_at: reviewed_at === null ? null : Date.parse(reviewed_at),
  })
