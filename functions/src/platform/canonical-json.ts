import { createHash } from 'node:crypto'
import canonicalize from 'canonicalize'

/**
 * The one way to write a JSON value down (RFC 8785): the same value gives the same text everywhere, so that a digest of
 * it can be checked by anybody. Throws for what JSON cannot hold.
 */
export function canonicalJson(value: unknown): string {
  const text = canonicalize(value)
  if (text === undefined) throw new TypeError('not a JSON value')
  return text
}

/** SHA-256, in hex, over the canonical form of a JSON value in UTF-8. */
export const digestOfJson = (value: unknown): string =>
  createHash('sha256').update(canonicalJson(value)).digest('hex')
