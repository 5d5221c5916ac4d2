import { createHash } from 'node:crypto'
import { CsvError, parse } from 'csv-parse/sync'
import { z } from 'zod'
import {
  Fact,
  FactKind,
  type ImportBody,
  type ImportProblem,
  MAX_FACTS,
  MAX_IMPORT_ROWS,
  PersonaBase,
  Prospect,
} from './schema.ts'

export interface ReadImport {
  totalRows: number
  /** With the row that each came from. */
  prospects: { row: number; prospect: Prospect }[]
  problems: ImportProblem[]
}

const KINDS: readonly string[] = FactKind.options
const KNOWN: ReadonlySet<string> = new Set([...Object.keys(PersonaBase.shape), ...KINDS, 'facts'])
const Row = z.record(z.string(), z.unknown())

const ofFile = (problem: string): ReadImport => ({
  totalRows: 0,
  prospects: [],
  problems: [{ row: 0, lead_id: null, field: null, problem }],
})

/** Reads a file of prospects. Never throws: what cannot be read is named, row by row, and the rest is still read. */
export function readImport({ format, content }: Pick<ImportBody, 'format' | 'content'>): ReadImport {
  const rows = format === 'csv' ? readCsv(content) : readJson(content)
  if (typeof rows === 'string') return ofFile(rows)
  if (rows.length > MAX_IMPORT_ROWS) return ofFile(`The file has more than ${MAX_IMPORT_ROWS} rows`)
  const read: ReadImport = { totalRows: rows.length, prospects: [], problems: [] }
  const firstRows = new Map<string, number>()
  for (const [index, raw] of rows.entries()) {
    const row = index + 1
    const { prospect, problems } = readRow(raw)
    const lead_id = leadIdOf(raw)
    const earlier = lead_id === null ? undefined : firstRows.get(lead_id)
    if (earlier !== undefined) problems.push(['lead_id', `is in row ${earlier} already`])
    else if (lead_id !== null) firstRows.set(lead_id, row)
    if (prospect !== null && problems.length === 0) read.prospects.push({ row, prospect })
    else {
      read.problems.push(...problems.map(([field, problem]) => ({ row, lead_id, field, problem })))
    }
  }
  return read
}

function readCsv(content: string): unknown[] | string {
  try {
    return parse(content, { bom: true, columns: true, skip_empty_lines: true, trim: true })
  } catch (error) {
    if (error instanceof CsvError) return `The file is not valid CSV: ${error.code} in line ${lineOf(error)}`
    throw error
  }
}

function lineOf(error: CsvError): string {
  const { lines } = error as { lines?: unknown }
  return typeof lines === 'number' ? String(lines) : '?'
}

function readJson(content: string): unknown[] | string {
  try {
    const parsed: unknown = JSON.parse(content)
    return Array.isArray(parsed) ? parsed : 'The file has to be a JSON array'
  } catch {
    return 'The file is not valid JSON'
  }
}

const leadIdOf = (raw: unknown): string | null => {
  const id = Row.safeParse(raw).data?.lead_id
  return typeof id === 'string' && id !== '' ? id.slice(0, 128) : null
}

type Problem = [field: string | null, problem: string]

function readRow(raw: unknown): { prospect: Prospect | null; problems: Problem[] } {
  const row = Row.safeParse(raw)
  if (!row.success) return { prospect: null, problems: [[null, 'is not an object']] }
  const problems: Problem[] = Object.keys(row.data)
    .filter((name) => !KNOWN.has(name))
    .map((name) => [name.slice(0, 64), 'is not a field of a prospect'])
  const base = Object.fromEntries(
    Object.keys(PersonaBase.shape)
      .filter((name) => row.data[name] !== undefined && row.data[name] !== '')
      // Ages and incomes come as numbers too.
      .map((name) => [name, typeof row.data[name] === 'number' ? String(row.data[name]) : row.data[name]]),
  )
  const facts = [...factsUnderKinds(row.data), ...(Array.isArray(row.data.facts) ? row.data.facts : [])]
  if (row.data.facts !== undefined && row.data.facts !== '' && !Array.isArray(row.data.facts)) {
    problems.push(['facts', 'has to be a list'])
  }
  const parsed = Prospect.safeParse({ ...base, facts: facts.map(withId) })
  if (!parsed.success) {
    for (const { path, message } of parsed.error.issues.slice(0, 5)) problems.push([path.join('.'), message])
    return { prospect: null, problems }
  }
  const ids = parsed.data.facts.map(({ fact_id }) => fact_id)
  if (new Set(ids).size < ids.length) problems.push(['facts', 'has a fact twice'])
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
  const named = Fact.partial({ fact_id: true }).safeParse(fact)
  if (!named.success || named.data.fact_id !== undefined) return fact
  const { kind, text } = named.data
  const digest = createHash('sha256').update(`${kind}\n${text}`).digest('hex')
  return { ...named.data, fact_id: `F-${digest.slice(0, 10)}` }
}
