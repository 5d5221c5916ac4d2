import type { DataSnapshot, Database, Query } from 'firebase-admin/database'
import { CallRecord } from '../calls/schema.ts'
import type { Deps } from '../deps.ts'
import { Id } from '../platform/schema.ts'
import { unavailable, withTimeout } from '../streaming/with-timeout.ts'
import { type ReadMessage, compareMessages, readMessage } from './read-message.ts'

type StoreDeps = Pick<Deps, 'database' | 'clock' | 'log'>

/** How long a read of the database may take before the caller is told that it is unavailable, ms. */
const READ_TIMEOUT_MS = 10_000

/** Reads `active_calls/{call_id}` as stored; undefined when it is no call. */
export function parseCall(stored: unknown): CallRecord | undefined {
  const parsed = CallRecord.safeParse(withoutEmptyHolder(stored))
  return parsed.success ? parsed.data : undefined
}

/** Other back ends write an empty `admin_id` for nobody. */
const withoutEmptyHolder = (stored: unknown): unknown =>
  typeof stored === 'object' && stored !== null && 'admin_id' in stored && stored.admin_id === ''
    ? { ...stored, admin_id: null }
    : stored

/** The calls of a company by their own record; null: older records that name none. */
export const callsOf = (database: Database, companyId: string | null): Query =>
  database.ref('active_calls').orderByChild('company_id').equalTo(companyId)

/** From the SDK's memory where a listener keeps it up to date, from the server otherwise. */
async function read({ database, clock }: StoreDeps, where: string | Query): Promise<DataSnapshot> {
  const query = typeof where === 'string' ? database.ref(where) : where
  try {
    return await withTimeout(query.get(), READ_TIMEOUT_MS, clock)
  } catch (error) {
    throw unavailable(error)
  }
}

/**
 * The call behind an active conversation. Undefined when either is unknown or unreadable, or when the call
 * points at another conversation.
 *
 * @throws AppError `unavailable` when the database does not answer.
 */
export async function readCallOf(
  deps: StoreDeps,
  conversationId: string,
): Promise<{ callId: string; call: CallRecord } | undefined> {
  const callId = Id.safeParse((await read(deps, `active_conversations/${conversationId}/call_id`)).val())
  if (!callId.success) return undefined
  const call = await readCall(deps, callId.data)
  if (call === undefined || call === 'malformed') return undefined
  if (call.conversation_id === conversationId) return { callId: callId.data, call }
  deps.log.warn({ conversationId, callId: callId.data }, 'call points at another conversation')
  return undefined
}

/** @throws AppError `unavailable` when the database does not answer. */
export async function readCall(
  deps: StoreDeps,
  callId: string,
): Promise<CallRecord | 'malformed' | undefined> {
  const snapshot = await read(deps, `active_calls/${callId}`)
  if (!snapshot.exists()) return undefined
  const call = parseCall(snapshot.val())
  if (call === undefined) deps.log.warn({ callId }, 'malformed call left out')
  return call ?? 'malformed'
}

/**
 * Every readable call of a company, active or ended, with its id; null: those whose record names no company.
 *
 * @throws AppError `unavailable` when the database does not answer.
 */
export async function readCalls(deps: StoreDeps, companyId: string | null): Promise<[string, CallRecord][]> {
  const calls: [string, CallRecord][] = []
  const malformed: string[] = []
  const found = await read(deps, callsOf(deps.database, companyId))
  found.forEach((child) => {
    const call = Id.safeParse(child.key).success ? parseCall(child.val()) : undefined
    if (call === undefined) malformed.push(child.key)
    else calls.push([child.key, call])
  })
  if (malformed.length > 0) {
    deps.log.warn({ companyId, ...firstOf(malformed) }, 'malformed calls left out')
  }
  return calls
}

/**
 * Every readable message of an active conversation, in order; undefined when there is no such conversation.
 *
 * @throws AppError `unavailable` when the database does not answer.
 */
export async function readMessages(
  deps: StoreDeps,
  conversationId: string,
): Promise<ReadMessage[] | undefined> {
  const conversation = await read(deps, `active_conversations/${conversationId}`)
  if (!conversation.exists()) return undefined
  const messages: ReadMessage[] = []
  const malformed: string[] = []
  conversation.child('messages').forEach((child) => {
    const message = readMessage(child.key, child.val(), deps.clock.now())
    if (message === undefined) malformed.push(child.key)
    else messages.push(message)
  })
  warnOfMalformed(deps, conversationId, malformed)
  return messages.toSorted(compareMessages)
}

/**
 * Settles once everything that the database has sent so far has arrived. A read of what nobody follows has to go
 * to the server, and its answer comes behind all that was sent before it.
 *
 * @throws AppError `unavailable` when the database does not answer.
 */
export async function passFence(deps: StoreDeps): Promise<void> {
  // A key that no conversation can have, so that nobody ever follows it.
  await read(deps, 'active_conversations/~fence/call_id')
}

/** Leaves one line however many there are; ids only, for nobody's words belong into a log. */
export function warnOfMalformed(
  { log }: Pick<Deps, 'log'>,
  conversationId: string,
  messageIds: readonly string[],
): void {
  if (messageIds.length === 0) return
  log.warn({ conversationId, ...firstOf(messageIds) }, 'malformed messages left out')
}

/** However many there are, a log line stays short. */
const firstOf = (ids: readonly string[]) => ({
  count: ids.length,
  ids: ids.slice(0, 10).map((id) => id.slice(0, 128)),
})
