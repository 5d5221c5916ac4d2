import { z } from 'zod'
import { digestOfJson } from '../platform/canonical-json.ts'
import type { AuditRecord } from './schema.ts'

/** Where the chain of one writer stands. */
export interface ChainHead {
  readonly writer: string
  readonly sequence: number
  readonly digest: string | null
}

/** `audit_writers/{writer}` as stored: the last entry of a chain, written with it, so that a missing end shows. */
export const ChainEnd = z.object({ sequence: z.int().positive(), digest: z.string() })
export type ChainEnd = z.infer<typeof ChainEnd>

export type Unchained = Omit<AuditRecord, 'writer' | 'sequence' | 'previous' | 'digest'>

/** Puts an entry behind those that the same writer has written before. */
export function link(head: ChainHead, entry: Unchained): AuditRecord {
  const { writer } = head
  const linked = { ...entry, writer, sequence: head.sequence + 1, previous: head.digest }
  return { ...linked, digest: digestOfJson(linked) }
}

export const headAfter = ({ writer, sequence, digest }: AuditRecord): ChainHead => ({
  writer,
  sequence,
  digest,
})
