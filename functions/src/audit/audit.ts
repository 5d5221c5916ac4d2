import type { AuditAction, AuditActor, AuditOutcome } from './schema.ts'

/** Something that is to stand in the log. */
export interface AuditEvent {
  actor: AuditActor
  action: AuditAction
  outcome: AuditOutcome
  /** Why it was denied. */
  reason?: string
  /** Whose managers may read it. */
  company_id: string
  conversation_id: string | null
  call_id: string | null
  /** Ids and numbers that say more; never anybody's words. */
  details?: Readonly<Record<string, string | number | boolean>>
  /** What the event is known by wherever it is told again: it is written down once. For acts that may be repeated. */
  key?: string
  /**
   * How long a reading lasts that goes on page by page, ms: told again by the same person until then it is the same one,
   * and is not written again by this process. For what was allowed.
   */
  lastsMs?: number
  /** When it happened, ms since 1970; now unless said otherwise. */
  at?: number
}

/**
 * The append-only log of who has read and done what (DESIGN 2, `audit_log`). The request that is at work is noted with
 * every event; the same told twice within one request is written once.
 */
export interface Audit {
  /**
   * For reads, for what was denied, and for acts that are written down elsewhere in the same step (`docs/decisions`):
   * written within moments, in batches, and before the process ends.
   *
   * @throws AppError `unavailable` when so much is waiting that no more can be kept: what cannot be noted is not shown.
   */
  record(event: AuditEvent): void
  /**
   * For acts that stand nowhere else: resolves once the entry is durable, which is before the act is reported as done.
   *
   * @throws AppError `unavailable` when the log does not answer. Tried again it is written once, given a `key`.
   */
  commit(event: AuditEvent): Promise<void>
  /** Resolves once all that was told so far is durable. @throws AppError `unavailable` */
  flush(): Promise<void>
}
