import type { LeadClassification } from '@lifeline/functions/contract'

export type ProspectFilter = { search: string; classes: readonly LeadClassification[] }

/** The query of the API for it, without a page. */
export function toProspectQuery({ search, classes }: ProspectFilter): URLSearchParams {
  const query = new URLSearchParams()
  if (search.trim() !== '') query.set('search', search.trim())
  if (classes.length > 0) query.set('classification', classes.join(','))
  return query
}
