import type { Deps } from '../deps.ts'
import { answered } from '../streaming/answered.ts'
import { readImport } from './read-import.ts'
import type { ImportBody, ImportProblem, ImportReport, Prospect } from './schema.ts'
import { prospectsOf } from './store.ts'

/** Well below the 10 MiB that one commit may have, with the largest of prospects. */
const AT_ONCE = 50

/**
 * Takes a company's prospects in, row by row: a row that is wrong changes nothing and is named, the others are taken. A
 * prospect that is there already is replaced. Ids are the product's own, so one that another company uses is refused.
 *
 * @throws AppError `unavailable` when Firestore does not answer; what was written before that stays.
 */
export async function importProspects(
  { firestore, clock }: Pick<Deps, 'firestore' | 'clock'>,
  companyId: string,
  body: ImportBody,
): Promise<ImportReport> {
  const { totalRows, prospects, problems } = readImport(body)
  let created = 0
  let updated = 0
  const refused: ImportProblem[] = []
  for (let at = 0; at < prospects.length; at += AT_ONCE) {
    const chunk = prospects.slice(at, at + AT_ONCE)
    const done = await answered(writeChunk(firestore, companyId, chunk, body.dry_run), clock)
    created += done.created
    updated += done.updated
    refused.push(...done.refused)
  }
  const all = [...problems, ...refused].toSorted((a, b) => a.row - b.row)
  return {
    total_rows: totalRows,
    created,
    updated,
    rejected: totalRows - created - updated,
    dry_run: body.dry_run,
    problems: all,
  }
}

async function writeChunk(
  firestore: Deps['firestore'],
  companyId: string,
  chunk: readonly { row: number; prospect: Prospect }[],
  isDry: boolean,
): Promise<{ created: number; updated: number; refused: ImportProblem[] }> {
  const references = chunk.map(({ prospect }) => prospectsOf(firestore).doc(prospect.lead_id))
  // Whose an id is must not change between the look and the write.
  return firestore.runTransaction(async (transaction) => {
    const result = { created: 0, updated: 0, refused: [] as ImportProblem[] }
    const there = await transaction.getAll(...references, { fieldMask: ['company_id'] })
    for (const [index, { row, prospect }] of chunk.entries()) {
      const document = there[index]
      const reference = references[index]
      if (document === undefined || reference === undefined) continue
      if (document.exists && document.get('company_id') !== companyId) {
        const { lead_id } = prospect
        result.refused.push({ row, lead_id, field: 'lead_id', problem: 'cannot be used: choose another id.' })
        continue
      }
      if (document.exists) result.updated += 1
      else result.created += 1
      if (!isDry) transaction.set(reference, { ...prospect, company_id: companyId })
    }
    return result
  })
}
