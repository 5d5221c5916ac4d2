import { createHash, randomUUID } from 'node:crypto'
import type { DocumentReference, Firestore, Transaction } from 'firebase-admin/firestore'
import type { Deps } from '../deps.ts'
import { currentRequestId } from '../platform/current-request.ts'
import { unavailable, withTimeout } from '../streaming/with-timeout.ts'
import type { Audit, AuditEvent } from './audit.ts'
import { type ChainHead, type Unchained, headAfter, link } from './chain.ts'
import { createRecentKeys } from './recent-keys.ts'
import { createRecentReadings } from './recent-readings.ts'
import type { AuditRecord } from './schema.ts'

export const auditCollection = (firestore: Firestore) => firestore.collection('audit_log')

/** Where each chain ends (`ChainEnd`): one document a process, which changes with each batch that it writes. */
export const writersCollection = (firestore: Firestore) => firestore.collection('audit_writers')

/** What waits to be written. An act that was told before is `keyed`: it may stand in the log already. */
interface Waiting {
  entry: Unchained
  keyed: boolean
}

export interface AuditLogOptions {
  /** How long a read may wait for others to be written with it, ms. */
  gatherMs: number
  /** More than this waiting, and nothing more is taken: Firestore has been away for long. */
  maxWaiting: number
}

/** Firestore takes 500 writes at once. */
const MAX_BATCH = 400
const WRITE_TIMEOUT_MS = 10_000
const RETRY_MS = 1_000
/** At the end of the process, of the ten seconds there are. */
const ATTEMPTS_AT_CLOSE = 2

/**
 * The log of one process: one write at a time, so that its entries form a chain without any document that all processes
 * would have to change. Nothing here changes or removes an entry; an entry has an id of its own, or its key's.
 */
export function createAuditLog(
  { firestore, clock, log }: Pick<Deps, 'firestore' | 'clock' | 'log'>,
  options: Partial<AuditLogOptions> = {},
): Audit & { close(): Promise<void> } {
  const { gatherMs = 200, maxWaiting = 10_000 } = options
  const recent = createRecentKeys()
  const readings = createRecentReadings()
  let head: ChainHead = { writer: randomUUID(), sequence: 0, digest: null }
  let waiting: Waiting[] = []
  /** What an attempt to write has failed with, without saying whether it was written. */
  let unsure: Waiting[] = []
  let work: Promise<void> | undefined
  let cancelTimer: (() => void) | undefined

  function take(event: AuditEvent): boolean {
    const entry = toEntry(event, clock.now())
    const { id: _id, at: _at, request_id, ...rest } = entry
    const told = JSON.stringify(rest)
    if (event.lastsMs !== undefined && readings.isUnderWay(told, entry.at)) return false
    if (request_id !== null && !recent.add(event.key ?? `${request_id} ${told}`)) return false
    if (waiting.length + unsure.length >= maxWaiting) throw unavailable(new Error('the audit log is behind'))
    // Only now: a reading that could not be noted has not begun.
    if (event.lastsMs !== undefined) readings.begin(told, entry.at + event.lastsMs)
    waiting.push({ entry, keyed: event.key !== undefined })
    return true
  }

  function schedule(ms: number): void {
    cancelTimer ??= clock.after(ms, () => {
      cancelTimer = undefined
      flush().catch((error: unknown) => {
        log.error({ err: error, waiting: waiting.length + unsure.length }, 'audit log cannot be written')
        schedule(RETRY_MS)
      })
    })
  }

  /** Everything that waits now is durable when this resolves. */
  async function flush(): Promise<void> {
    while (unsure.length + waiting.length > 0 || work !== undefined) {
      work ??= writeBatch().finally(() => (work = undefined))
      await work
    }
  }

  async function flushOrRetry(): Promise<void> {
    try {
      await flush()
    } catch (error) {
      schedule(RETRY_MS)
      throw error
    }
  }

  async function writeBatch(): Promise<void> {
    const isRetry = unsure.length > 0
    const batch = isRetry ? unsure : waiting.slice(0, MAX_BATCH)
    if (!isRetry) waiting = waiting.slice(batch.length)
    unsure = batch
    try {
      head = await withTimeout(append(firestore, head, batch, isRetry), WRITE_TIMEOUT_MS, clock)
      unsure = []
    } catch (error) {
      throw unavailable(error)
    }
  }

  return {
    record(event) {
      if (take(event)) schedule(gatherMs)
    },
    async commit(event) {
      take(event)
      await flushOrRetry()
    },
    flush: flushOrRetry,
    async close() {
      cancelTimer?.()
      for (let attempt = 1; attempt <= ATTEMPTS_AT_CLOSE; attempt += 1) {
        try {
          await flush()
          return
        } catch (error) {
          const lost = waiting.length + unsure.length
          if (attempt === ATTEMPTS_AT_CLOSE) log.error({ err: error, lost }, 'audit entries were not written')
        }
      }
    },
  }
}

/** The id of an entry that has a key: the same wherever it is told. */
const idOfKey = (key: string): string => createHash('sha256').update(key).digest('hex').slice(0, 40)

function toEntry(event: AuditEvent, now: number): Unchained {
  const { actor, action, outcome, reason = null, company_id, conversation_id, call_id, details = {} } = event
  return {
    id: event.key === undefined ? randomUUID() : idOfKey(event.key),
    at: event.at ?? now,
    actor: { uid: actor.uid, role: actor.role },
    action,
    outcome,
    reason,
    company_id,
    conversation_id,
    call_id,
    request_id: currentRequestId(),
    details,
  }
}

/** Writes entries behind `head`, all or none, and leaves out those that stand in the log already. */
async function append(
  firestore: Firestore,
  head: ChainHead,
  batch: readonly Waiting[],
  isRetry: boolean,
): Promise<ChainHead> {
  const collection = auditCollection(firestore)
  // An attempt whose answer was lost may have been written: then every entry is looked for.
  const lookedFor = new Map<string, DocumentReference>(
    batch.filter(({ keyed }) => keyed || isRetry).map(({ entry }) => [entry.id, collection.doc(entry.id)]),
  )
  if (lookedFor.size === 0) {
    const write = firestore.batch()
    const records = chained(head, batch, new Map())
    for (const record of records) write.create(collection.doc(record.id), record)
    const last = records.reduce((_, record) => headAfter(record), head)
    if (records.length > 0) write.set(writersCollection(firestore).doc(head.writer), endOf(last))
    await write.commit()
    return last
  }
  return await firestore.runTransaction(async (transaction: Transaction) => {
    const found = await transaction.getAll(...lookedFor.values())
    const known = new Map(
      found.filter(({ exists }) => exists).map((each) => [each.id, each.data() as AuditRecord]),
    )
    const own = [...known.values()].filter(({ writer }) => writer === head.writer)
    const current = own.reduce((last, each) => (each.sequence > last.sequence ? headAfter(each) : last), head)
    const records = chained(current, batch, known)
    for (const record of records) transaction.create(collection.doc(record.id), record)
    const last = records.reduce((_, record) => headAfter(record), current)
    if (records.length > 0) transaction.set(writersCollection(firestore).doc(head.writer), endOf(last))
    return last
  })
}

const endOf = ({ sequence, digest }: ChainHead) => ({ sequence, digest })

function chained(
  head: ChainHead,
  batch: readonly Waiting[],
  known: ReadonlyMap<string, AuditRecord>,
): AuditRecord[] {
  const records = new Map<string, AuditRecord>()
  let last = head
  for (const { entry } of batch) {
    if (known.has(entry.id) || records.has(entry.id)) continue
    const record = link(last, entry)
    records.set(entry.id, record)
    last = headAfter(record)
  }
  return [...records.values()]
}
