import { createHash } from 'node:crypto'
import { z } from 'zod'
import { type Problem, sayIssue } from './import-words.ts'
import { readTable } from './read-table.ts'
import { FactKind, type ImportBody, type ImportProblem, MAX_FACTS, PersonaBase, Prospect } from './schema.ts'

export interface ReadImport {
  totalRows: number
  /** With the row that each came from. */
  prospects: { row: number; prospect: Prospect }[]
  problems: ImportProblem[]
}

const COLUMNS: ReadonlySet<string> = new Set([...Object.keys(PersonaBase.shape), ...FactKind.options])
const KNOWN: ReadonlySet<string> = new Set([...COLUMNS, 'facts'])
const Row = z.record(z.string(), z.unknown())
/** What is wrong in one row is seldom more than can be mended in one go. */
const MOST_SAID = 5

/**
 * Reads a file of prospects. Never throws: what cannot be read is named, row by row with what to do about it, and the rest
 * is still read.
 */
export function readImport(file: Pick<ImportBody, 'format' | 'content'>): ReadImport {
  const table = readTable(file, COLUMNS)
  if (!('rows' in table))
    return { totalRows: 0, prospects: [], problems: [{ row: 0, lead_id: null, ...table }] }
  const { rows } = table
  const read: ReadImport = { totalRows: rows.length, prospects: [], problems: [] }
  const firstRows = new Map<string, number>()
  for (const [index, raw] of rows.entries()) {
    const row = index + 1
    const { prospect, problems } = readRow(raw)
    const lead_id = leadIdOf(raw)
    const earlier = lead_id === null ? undefined : firstRows.get(lead_id)
    if (earlier !== undefined)
      problems.push(['lead_id', `is in row ${earlier} already: keep one of the two.`])
    else if (lead_id !== null) firstRows.set(lead_id, row)
    if (prospect !== null && problems.length === 0) read.prospects.push({ row, prospect })
    else {
      read.problems.push(...problems.map(([field, problem]) => ({ row, lead_id, field, problem })))
    }
  }
  return read
}

/** Ages, incomes and ids come as numbers too. */
const asText = (value: unknown): unknown => (typeof value === 'number' ? String(value) : value)

const leadIdOf = (raw: unknown): string | null => {
  const id = asText(Row.safeParse(raw).data?.lead_id)
  return typeof id === 'string' && id !== '' ? id.slice(0, 128) : null
}

function readRow(raw: unknown): { prospect: Prospect | null; problems: Problem[] } {
  const row = Row.safeParse(raw)
  if (!row.success) {
    return { prospect: null, problems: [[null, 'is no object: put the prospect between { and }.']] }
  }
  const problems: Problem[] = Object.keys(row.data)
    .filter((name) => !KNOWN.has(name))
    .map((name) => [name.slice(0, 64), 'is no field of a prospect: rename it, or take it out.'])
  const base = Object.fromEntries(
    Object.keys(PersonaBase.shape)
      .filter((name) => row.data[name] !== undefined && row.data[name] !== '')
      .map((name) => [name, asText(row.data[name])]),
  )
  const listed = row.data.facts
  if (listed !== undefined && listed !== '' && !Array.isArray(listed)) {
    problems.push(['facts', 'are no list: put them between [ and ].'])
  }
  const given = [...factsUnderKinds(row.data), ...(Array.isArray(listed) ? (listed as unknown[]) : [])]
  const asked = { ...base, facts: given.map(withId) }
  const parsed = Prospect.safeParse(asked)
  if (!parsed.success) {
    problems.push(...parsed.error.issues.slice(0, MOST_SAID).map((issue) => sayIssue(issue, asked)))
    return { prospect: null, problems }
  }
  const ids = parsed.data.facts.map(({ fact_id }) => fact_id)
  const twice = parsed.data.facts.find(({ fact_id }, at) => ids.indexOf(fact_id) !== at)
  if (twice !== undefined)
    problems.push([twice.kind, `says “${twice.text.slice(0, 40)}” twice: take one out.`])
  return { prospect: parsed.data, problems }
}

/** A list, or a text with a fact in each line. */
function factsUnderKinds(row: Record<string, unknown>): unknown[] {
  return FactKind.options.flatMap((kind) => {
    const given = row[kind]
    if (given === undefined || given === '') return []
    const texts: unknown[] = typeof given === 'string' ? given.split(/\r?\n/) : [given].flat()
    return texts
      .filter((text) => typeof text !== 'string' || text.trim() !== '')
      .slice(0, MAX_FACTS + 1)
      .map((text) => ({ kind, text }))
  })
}

/** The same fact has the same id at every import, so that answers go on citing it. */
function withId(fact: unknown): unknown {
  const given = Row.safeParse(fact).data
  if (given === undefined || given.fact_id !== undefined) return fact
  const { kind, text } = given
  const words = typeof text === 'string' ? text.trim() : JSON.stringify(text)
  const digest = createHash('sha256')
    .update(`${String(kind)}\n${words}`)
    .digest('hex')
  return { ...given, fact_id: `F-${digest.slice(0, 10)}` }
}
