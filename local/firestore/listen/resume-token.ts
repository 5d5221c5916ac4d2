import { randomBytes } from 'node:crypto'

/** Tokens of another run of the server mean nothing here: what changed in between is not known. */
const EPOCH = randomBytes(8)

/** Where a listener got to, as the opaque bytes that it hands back when it reconnects. */
export function resumeTokenOf(version: number): Buffer {
  const token = Buffer.alloc(16)
  EPOCH.copy(token)
  token.writeDoubleBE(version, 8)
  return token
}

/** The version of a token; undefined for one that this run of the server did not hand out. */
export function versionOf(token: Uint8Array): number | undefined {
  const bytes = Buffer.from(token)
  if (bytes.length !== 16 || !bytes.subarray(0, 8).equals(EPOCH)) return undefined
  return bytes.readDoubleBE(8)
}
