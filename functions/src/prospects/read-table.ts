import { CsvError, parse } from 'csv-parse/sync'
import { type ImportBody, MAX_IMPORT_ROWS } from './schema.ts'

/** The rows of a file, or what is wrong with the file as a whole and what to do about it. */
export type ReadTable = { rows: unknown[] } | { field: string | null; problem: string }

const wrong = (problem: string, field: string | null = null): ReadTable => ({ field, problem })

/** @param columns the names that a CSV file's header may have */
export function readTable(
  { format, content }: Pick<ImportBody, 'format' | 'content'>,
  columns: ReadonlySet<string>,
): ReadTable {
  const table = format === 'csv' ? readCsv(content, columns) : readJson(content)
  if (!('rows' in table)) return table
  const { length } = table.rows
  if (length === 0) return wrong('The file has no rows: add one for each prospect.')
  if (length <= MAX_IMPORT_ROWS) return table
  return wrong(`The file has ${length} rows and may have ${MAX_IMPORT_ROWS}: split it and import the parts.`)
}

function readCsv(content: string, columns: ReadonlySet<string>): ReadTable {
  let header: string[] = []
  try {
    const rows: unknown[] = parse(content, {
      bom: true,
      columns: (names: string[]) => (header = names),
      delimiter: delimiterOf(content),
      skip_empty_lines: true,
      trim: true,
    })
    const unknown = header.find((name) => !columns.has(name))
    if (unknown !== undefined) {
      const known = [...columns].join(', ')
      return wrong(
        `is no column that is known: rename it to one of ${known}, or take it out.`,
        unknown.slice(0, 64),
      )
    }
    const twice = header.find((name, at) => header.indexOf(name) !== at)
    return twice === undefined
      ? { rows }
      : wrong('is in the header twice: put both into one column, or take one out.', twice)
  } catch (error) {
    if (error instanceof CsvError) return wrong(sayCsv(error))
    throw error
  }
}

/** Spreadsheets write semicolons where the comma stands in numbers; a header of ours has neither in its names. */
function delimiterOf(content: string): string {
  const [header = ''] = content.split(/\r?\n/, 1)
  return [',', ';', '\t'].find((each) => header.includes(each)) ?? ','
}

function sayCsv(error: CsvError): string {
  const { lines, column } = error as { lines?: unknown; column?: unknown }
  const where = typeof lines === 'number' ? `Line ${lines}` : 'A line'
  switch (error.code) {
    case 'CSV_RECORD_INCONSISTENT_COLUMNS':
    case 'CSV_RECORD_INCONSISTENT_FIELDS_LENGTH':
      return `${where} has not as many cells as the header: put a text that holds a comma in double quotes.`
    case 'CSV_QUOTE_NOT_CLOSED':
      return 'A double quote is opened and never closed: close it, or write it twice where it belongs to the text.'
    case 'INVALID_OPENING_QUOTE':
    case 'CSV_INVALID_CLOSING_QUOTE':
    case 'CSV_NON_TRIMABLE_CHAR_AFTER_CLOSING_QUOTE':
      return `${where} has a double quote in the middle of a cell${typeof column === 'string' ? ` (${column})` : ''}: put the whole cell in double quotes and write those of the text twice.`
    default:
      return `${where} cannot be read as CSV: save the file as CSV in UTF-8 again.`
  }
}

function readJson(content: string): ReadTable {
  try {
    const parsed: unknown = JSON.parse(content)
    return Array.isArray(parsed)
      ? { rows: parsed }
      : wrong('The file has to be a JSON array: put the prospects between [ and ].')
  } catch (error) {
    const where = whereIn((error as SyntaxError).message)
    return wrong(`The file is not valid JSON: look at ${where}.`)
  }
}

/** Where it stopped, as far as the engine says: sometimes by line, sometimes by a piece of the text, or that it is the end. */
function whereIn(complaint: string): string {
  const [, line, column] = /\(line (\d+) column (\d+)\)/.exec(complaint) ?? []
  if (line !== undefined) return `line ${line}, character ${column}`
  const [, piece] = /, (?:\.\.\.)?"([\s\S]*)"(?:\.\.\.)? is not valid JSON$/.exec(complaint) ?? []
  return piece === undefined ? 'its end' : `“${piece.replaceAll(/\s+/g, ' ').trim()}”`
}
