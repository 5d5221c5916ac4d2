/** What the API takes, in characters. */
const MAX_CHARACTERS = 4_000_000

export type ImportFile = { name: string; format: 'csv' | 'json'; content: string }

export type ReadImportFile = { ok: true; file: ImportFile } | { ok: false; reason: string }

const refuse = (reason: string): ReadImportFile => ({ ok: false, reason })

/** The text of a file of prospects, and in which of the two formats it is. */
export async function readImportFile(
  file: Pick<File, 'name' | 'type' | 'size' | 'arrayBuffer'>,
): Promise<ReadImportFile> {
  const format = formatOf(file)
  if (format === null) return refuse('This is neither a CSV nor a JSON file.')
  if (file.size === 0) return refuse('The file is empty.')
  // No encoding has more characters than bytes, and UTF-8 has four bytes for one at most.
  if (file.size > MAX_CHARACTERS * 4) return refuse('The file is too large. Import it in parts.')
  let content: string
  try {
    content = new TextDecoder('utf-8', { fatal: true }).decode(await file.arrayBuffer())
  } catch {
    return refuse('The file is not in UTF-8. Save it so and choose it again.')
  }
  if (content.length > MAX_CHARACTERS) return refuse('The file is too large. Import it in parts.')
  return { ok: true, file: { name: file.name, format, content } }
}

function formatOf({ name, type }: Pick<File, 'name' | 'type'>): ImportFile['format'] | null {
  if (/\.csv$/i.test(name) || type === 'text/csv') return 'csv'
  return /\.json$/i.test(name) || type === 'application/json' ? 'json' : null
}
