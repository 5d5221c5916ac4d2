import { z } from 'zod'
import type { Deps } from '../deps.ts'
import { answered } from '../streaming/answered.ts'
import { type ProcedureIndex, createProcedureIndex } from './find-procedures.ts'
import { fromStandard } from './from-standard.ts'
import { type Procedure, ProcedureContent } from './schema.ts'
import { STANDARD_PROCEDURES } from './standard/standard-procedures.ts'
import { ownProcedures, readStored } from './stored-procedure.ts'

/** What a company may have of its own; more than anybody could look after. */
export const MAX_OWN = 200
/** Ours change with a release of the product only. */
const STANDARD_TTL_MS = 300_000
/** Companies whose index is kept; building one takes some milliseconds. */
const MAX_INDEXES = 50

/** The procedures of a company: ours (Firestore `procedures`), with the company's own beside or in place of them. */
export interface ProcedureLibrary {
  /** Also what the company has taken away. Throws `AppError` `unavailable` when Firestore does not answer. */
  all(companyId: string): Promise<Procedure[]>
  /** What the assistant may use, to be searched. Throws the same. */
  index(companyId: string): Promise<ProcedureIndex>
  /** One of ours; undefined when we have none of that id. Throws the same. */
  standard(procedureId: string): Promise<Procedure | undefined>
}

type LibraryDeps = Pick<Deps, 'firestore' | 'clock' | 'log'>

export function createProcedureLibrary(deps: LibraryDeps): ProcedureLibrary {
  const { firestore, clock } = deps
  let standard: { at: number; procedures: Promise<Procedure[]> } | undefined
  const indexes = new Map<string, { of: string; index: ProcedureIndex }>()

  function readStandard(): Promise<Procedure[]> {
    const now = clock.now()
    if (standard !== undefined && now - standard.at < STANDARD_TTL_MS) return standard.procedures
    const procedures = seedAndRead(deps)
    const entry = { at: now, procedures }
    standard = entry
    procedures.catch(() => {
      if (standard === entry) standard = undefined
    })
    return procedures
  }

  async function all(companyId: string): Promise<Procedure[]> {
    const [ours, own] = await Promise.all([
      readStandard(),
      answered(ownProcedures(firestore, companyId).limit(MAX_OWN).get(), clock),
    ])
    const known = new Map(ours.map((procedure) => [procedure.procedure_id, procedure]))
    for (const document of own.docs) {
      const procedure = readStored(deps, document.id, document)
      if (procedure !== null) known.set(document.id, procedure)
    }
    return [...known.values()].toSorted((a, b) => (a.title < b.title ? -1 : 1))
  }

  return {
    all,
    async index(companyId) {
      const usable = (await all(companyId)).filter(({ deleted }) => !deleted)
      const of = usable.map(({ procedure_id, version }) => `${procedure_id} ${version}`).join()
      const known = indexes.get(companyId)
      if (known?.of === of) return known.index
      const index = createProcedureIndex(usable)
      if (indexes.size >= MAX_INDEXES) indexes.clear()
      indexes.set(companyId, { of, index })
      return index
    },
    async standard(procedureId) {
      return (await readStandard()).find(({ procedure_id }) => procedure_id === procedureId)
    },
  }
}

const StoredStandard = ProcedureContent.extend({ revision: z.int().positive() })

/** Puts ours into Firestore where they are missing or older, and answers what stands there then. */
async function seedAndRead({ firestore, clock, log }: LibraryDeps): Promise<Procedure[]> {
  const collection = firestore.collection('procedures')
  const { docs } = await answered(collection.get(), clock)
  const stored = new Map(docs.map((document) => [document.id, StoredStandard.safeParse(document.data())]))
  const batch = firestore.batch()
  let missing = 0
  const procedures = STANDARD_PROCEDURES.map((ours) => {
    const there = stored.get(ours.procedure_id)
    if (there?.success && there.data.revision >= ours.revision) {
      return fromStandard({ procedure_id: ours.procedure_id, ...there.data })
    }
    const { procedure_id, ...record } = ours
    batch.set(collection.doc(procedure_id), record)
    missing += 1
    return fromStandard(ours)
  })
  if (missing > 0) {
    await answered(batch.commit(), clock)
    log.info({ count: missing }, 'standard procedures stored')
  }
  return procedures
}
