import type { Deps } from '../deps.ts'
import { answered } from '../streaming/answered.ts'
import { isFound } from './fold.ts'
import {
  LeadClassification,
  type PersonaBase,
  type ProspectListQuery,
  type ProspectListReply,
} from './schema.ts'
import { BASE_FIELDS, prospectsOf, readListed } from './store.ts'

/** A search looks at so many of a company's prospects, in order of their ids; Firestore cannot search texts. */
const MAX_SEARCHED = 5_000

type ListDeps = Pick<Deps, 'firestore' | 'clock' | 'log'>
type Counts = ProspectListReply['classification_counts']

/** The company's prospects in order of their ids. @throws AppError `unavailable` when Firestore does not answer. */
export async function listProspects(
  deps: ListDeps,
  companyId: string,
  query: ProspectListQuery,
): Promise<ProspectListReply> {
  const { page, page_size } = query
  const { prospects, total_count, classification_counts } =
    query.search === undefined || query.search === ''
      ? await readPage(deps, companyId, query)
      : await search(deps, companyId, query, query.search)
  return {
    prospects,
    total_count,
    page,
    page_size,
    total_pages: Math.ceil(total_count / page_size),
    classification_counts,
  }
}

const ownOf = ({ firestore }: Pick<Deps, 'firestore'>, companyId: string) =>
  prospectsOf(firestore).where('company_id', '==', companyId)

async function readPage(
  deps: ListDeps,
  companyId: string,
  { classification = [], page, page_size }: ProspectListQuery,
): Promise<{ prospects: PersonaBase[]; total_count: number; classification_counts: Counts }> {
  const own = ownOf(deps, companyId)
  const wanted = classification.length === 0 ? own : own.where('lead_classification', 'in', classification)
  const counts = LeadClassification.options.map((each) =>
    own.where('lead_classification', '==', each).count().get(),
  )
  const [listed, all, ...classified] = await answered(
    Promise.all([
      wanted
        .orderBy('__name__')
        .offset((page - 1) * page_size)
        .limit(page_size)
        .select(...BASE_FIELDS, 'company_id')
        .get(),
      own.count().get(),
      ...counts,
    ]),
    deps.clock,
  )
  const [hot = 0, warm = 0, cold = 0] = classified.map((counted) => counted.data().count)
  const total = all.data().count
  const byName: Counts = { hot, warm, cold, unclassified: total - hot - warm - cold }
  return {
    prospects: listed.docs.flatMap((document) => readListed(deps, document, companyId) ?? []),
    total_count:
      classification.length === 0
        ? total
        : [...new Set(classification)].reduce((sum, each) => sum + byName[each], 0),
    classification_counts: byName,
  }
}

async function search(
  deps: ListDeps,
  companyId: string,
  { classification = [], page, page_size }: ProspectListQuery,
  words: string,
): Promise<{ prospects: PersonaBase[]; total_count: number; classification_counts: Counts }> {
  const { docs } = await answered(
    ownOf(deps, companyId)
      .orderBy('__name__')
      .limit(MAX_SEARCHED)
      .select(...BASE_FIELDS, 'company_id')
      .get(),
    deps.clock,
  )
  const found = docs
    .flatMap((document) => readListed(deps, document, companyId) ?? [])
    .filter(({ lead_id, full_name, occupation }) =>
      isFound(words, [lead_id, full_name, occupation].join(' ')),
    )
  const counts: Counts = { hot: 0, warm: 0, cold: 0, unclassified: 0 }
  for (const { lead_classification } of found) counts[lead_classification ?? 'unclassified'] += 1
  const wanted =
    classification.length === 0
      ? found
      : found.filter(({ lead_classification: own }) => own != null && classification.includes(own))
  return {
    prospects: wanted.slice((page - 1) * page_size, page * page_size),
    total_count: wanted.length,
    classification_counts: counts,
  }
}
