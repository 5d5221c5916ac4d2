import { createHash } from 'node:crypto'

/** The file's own digests stand in one place of it; without them it is what the digest is taken over. */
const DIGEST = /"digest":\{[^{}]*\},(?="exported":)/

/**
 * Whether an exported conversation (JSON) is what it was when it was exported. The file is canonical JSON (RFC 8785), so
 * this needs nothing but SHA-256; within a message every quotation mark is escaped, so none can pass for the digest.
 */
export function verifyExport(file: string): 'unchanged' | 'changed' | 'not-an-export' {
  const [digest] = DIGEST.exec(file) ?? []
  const stated = digest === undefined ? undefined : /"whole":"([0-9a-f]{64})"/.exec(digest)?.[1]
  if (stated === undefined) return 'not-an-export'
  const actual = createHash('sha256').update(file.replace(DIGEST, '')).digest('hex')
  return actual === stated ? 'unchanged' : 'changed'
}
