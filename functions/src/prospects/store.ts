import type { DocumentSnapshot, Firestore } from 'firebase-admin/firestore'
import type { Deps } from '../deps.ts'
import { DocumentId } from '../platform/schema.ts'
import { answered } from '../streaming/answered.ts'
import { PersonaBase, Prospect } from './schema.ts'

/** Without the facts, which are most of a prospect. */
export const BASE_FIELDS = Object.keys(PersonaBase.shape)

/** `getAll` takes as many names at once as fit into one request. */
const AT_ONCE = 250

export const prospectsOf = (firestore: Firestore) => firestore.collection('prospects')

type ReadDeps = Pick<Deps, 'firestore' | 'clock' | 'log'>

/** Null for what is not the company's, and for what cannot be read. */
function baseOf({ log }: Pick<Deps, 'log'>, document: DocumentSnapshot, companyId: string) {
  if (!document.exists || document.get('company_id') !== companyId) return null
  const parsed = PersonaBase.safeParse(document.data())
  if (parsed.success && parsed.data.lead_id === document.id) return parsed.data
  log.warn({ leadId: document.id, companyId }, 'malformed prospect left out')
  return null
}

/**
 * The people behind the ids, in their order and each once, and the ids behind which there is nobody of this company.
 *
 * @throws AppError `unavailable` when Firestore does not answer.
 */
export async function readPersonas(
  deps: ReadDeps,
  companyId: string,
  ids: readonly string[],
): Promise<{ personas: PersonaBase[]; invalid: string[] }> {
  const { firestore, clock } = deps
  const unique = [...new Set(ids)]
  const possible = unique.filter((id) => DocumentId.safeParse(id).success)
  const found = new Map<string, PersonaBase>()
  const chunks = Array.from({ length: Math.ceil(possible.length / AT_ONCE) }, (_, at) =>
    possible.slice(at * AT_ONCE, (at + 1) * AT_ONCE),
  )
  const read = (chunk: readonly string[]) =>
    firestore.getAll(...chunk.map((id) => prospectsOf(firestore).doc(id)), {
      fieldMask: [...BASE_FIELDS, 'company_id'],
    })
  for (const document of (await answered(Promise.all(chunks.map(read)), clock)).flat()) {
    const base = baseOf(deps, document, companyId)
    if (base !== null) found.set(document.id, base)
  }
  return {
    personas: unique.flatMap((id) => found.get(id) ?? []),
    invalid: unique.filter((id) => !found.has(id)),
  }
}

/** Somebody with all their facts; null when this company has nobody of that id. */
export async function readProspect(
  { firestore, clock, log }: ReadDeps,
  companyId: string,
  leadId: string,
): Promise<Prospect | null> {
  if (!DocumentId.safeParse(leadId).success) return null
  const document = await answered(prospectsOf(firestore).doc(leadId).get(), clock)
  if (!document.exists || document.get('company_id') !== companyId) return null
  const parsed = Prospect.safeParse({ facts: [], ...document.data() })
  if (parsed.success) return parsed.data
  log.warn({ leadId, companyId }, 'malformed prospect left out')
  return null
}

/** Reads one document of a query on `BASE_FIELDS`. */
export const readListed = (
  deps: Pick<Deps, 'log'>,
  document: DocumentSnapshot,
  companyId: string,
): PersonaBase | null => baseOf(deps, document, companyId)
