import { FieldPath, type Query } from 'firebase-admin/firestore'
import { z } from 'zod'
import type { Deps } from '../deps.ts'
import { AppError } from '../platform/errors.ts'
import { unavailable, withTimeout } from '../streaming/with-timeout.ts'
import { auditCollection } from './audit-log.ts'
import { type AuditQuery, AuditRecord } from './schema.ts'

const READ_TIMEOUT_MS = 10_000

/** The entry that a page ended with: when it happened, and its id. */
const Cursor = z.tuple([z.number(), z.string().min(1).max(100)])

/**
 * One page of a company's log, latest first.
 *
 * @throws AppError `invalid-input` for a cursor that is none of ours, `unavailable` when Firestore does not answer.
 */
export async function readAudit(
  { firestore, clock, log }: Pick<Deps, 'firestore' | 'clock' | 'log'>,
  companyId: string,
  query: AuditQuery,
): Promise<{ records: AuditRecord[]; nextCursor: string | null }> {
  const { limit, cursor } = query
  let wanted = filtered(auditCollection(firestore).where('company_id', '==', companyId), query)
    .orderBy('at', 'desc')
    .orderBy(FieldPath.documentId(), 'desc')
  if (cursor !== undefined) wanted = wanted.startAfter(...parseCursor(cursor))
  // One more than asked for tells whether there is another page.
  const { docs } = await withTimeout(wanted.limit(limit + 1).get(), READ_TIMEOUT_MS, clock).catch(
    (error: unknown) => {
      throw unavailable(error)
    },
  )
  const page = docs.slice(0, limit)
  const last = docs.length > limit ? page.at(-1) : undefined
  const records = page.flatMap((document) => {
    const record = AuditRecord.safeParse(document.data())
    if (!record.success) log.error({ entry: document.id }, 'unreadable audit entry left out')
    return record.success ? [record.data] : []
  })
  return { records, nextCursor: last === undefined ? null : writeCursor([Number(last.get('at')), last.id]) }
}

function filtered(from: Query, { conversation_id, actor, action, from: since, to }: AuditQuery): Query {
  let query = from
  if (conversation_id !== undefined) query = query.where('conversation_id', '==', conversation_id)
  if (actor !== undefined) query = query.where('actor.uid', '==', actor)
  if (action !== undefined) query = query.where('action', '==', action)
  if (since !== undefined) query = query.where('at', '>=', Date.parse(since))
  if (to !== undefined) query = query.where('at', '<', Date.parse(to))
  return query
}

const writeCursor = (cursor: z.infer<typeof Cursor>): string =>
  Buffer.from(JSON.stringify(cursor)).toString('base64url')

function parseCursor(text: string): z.infer<typeof Cursor> {
  try {
    return Cursor.parse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')))
  } catch {
    throw new AppError('invalid-input', 'query.cursor: is none that this path has given')
  }
}
