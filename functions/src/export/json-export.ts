import { createHash } from 'node:crypto'
import { canonicalJson } from '../platform/canonical-json.ts'
import type { ConversationExport, ExportedContent } from './schema.ts'

/**
 * The canonical form (RFC 8785) of an object in pieces, one a member or, of lists, one an element: a long conversation is
 * never one text in memory.
 */
export function* canonicalPieces(value: Readonly<Record<string, unknown>>): Generator<string> {
  // By code unit, as the RFC orders them.
  const members = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))
  let isFirst = true
  for (const [name, member] of members) {
    yield `${isFirst ? '{' : ','}${canonicalJson(name)}:`
    isFirst = false
    if (Array.isArray(member)) yield* listPieces(member)
    else yield canonicalJson(member)
  }
  yield isFirst ? '{}' : '}'
}

function* listPieces(list: readonly unknown[]): Generator<string> {
  yield '['
  for (const [at, element] of list.entries()) yield `${at === 0 ? '' : ','}${canonicalJson(element)}`
  yield ']'
}

function digestOf(value: Readonly<Record<string, unknown>>): string {
  const hash = createHash('sha256')
  for (const piece of canonicalPieces(value)) hash.update(piece)
  return hash.digest('hex')
}

/** Seals an export with its digests. */
export function seal(content: ExportedContent): ConversationExport {
  const { exported: _, ...withoutExport } = content
  return {
    ...content,
    digest: {
      algorithm: 'SHA-256',
      canonicalization: 'RFC 8785',
      whole: digestOf(content),
      content: digestOf(withoutExport),
    },
  }
}
