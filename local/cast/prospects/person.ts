/** Spec 5's `PersonaBase`, and what is known of somebody, each fact with an id. What is not said of a person is unknown. */
export interface Prospect {
  lead_id: string
  company_id: string
  lead_classification: 'hot' | 'warm' | 'cold'
  full_name: string
  age: string
  occupation: string
  gender: string
  marital_status: string
  education_level: string
  annual_income: string
  facts: readonly { fact_id: string; kind: FactKind; text: string }[]
}

const KINDS = [
  'style',
  'trait',
  'like',
  'dislike',
  'belief',
  'goal',
  'routine',
  'relationship',
  'note',
  'statement',
] as const
type FactKind = (typeof KINDS)[number]

export type Person = Omit<Prospect, 'lead_id' | 'company_id' | 'facts'> & Record<FactKind, readonly string[]>

/** A person under an id, with an id for each fact. */
export function prospectOf(lead_id: string, company_id: string, person: Person): Prospect {
  const told = KINDS.flatMap((kind) => person[kind].map((text) => ({ kind, text })))
  const base = Object.fromEntries(
    Object.entries(person).filter(([name]) => !KINDS.some((kind) => kind === name)),
  ) as Omit<Prospect, 'lead_id' | 'company_id' | 'facts'>
  return {
    lead_id,
    company_id,
    ...base,
    facts: told.map((fact, at) => ({ fact_id: `${lead_id}-F${at + 1}`, ...fact })),
  }
}
