import { createHash } from 'node:crypto'
import canonicalize from 'canonicalize'
import { expect, test } from 'vitest'
import { canonicalPieces } from './json-export.ts'
import { ConversationExport } from './schema.ts'
import { exampleExport } from './testing/example-export.ts'

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

test('the file is the canonical JSON of the export, and its digests are over the rest of it', () => {
  const record = exampleExport(['Help "me"', 'مرحبا \u2028 𝄞 é'])
  const file = [...canonicalPieces(record)].join('')
  expect(file).toBe(canonicalize(record))
  const { digest, ...rest } = ConversationExport.parse(JSON.parse(file))
  expect(sha256(canonicalize(rest) ?? '')).toBe(digest.whole)
  const { exported: _, ...content } = rest
  expect(sha256(canonicalize(content) ?? '')).toBe(digest.content)
})

test('one character more in one message is another digest', () => {
  const [first, second] = [exampleExport(['Help']), exampleExport(['Help!'])]
  expect(first.digest.whole).not.toBe(second.digest.whole)
  expect(exampleExport(['Help']).digest).toEqual(first.digest)
})
