import type { Audit } from '../audit/audit.ts'
import type { AuditAction } from '../audit/schema.ts'
import type { Role } from '../auth/schema.ts'
import type { CallRecord } from '../calls/schema.ts'
import type { TimelineKind } from '../timeline/schema.ts'
import type { KeyedEvent } from './call-events.ts'

const ACTIONS: Record<TimelineKind, AuditAction | null> = {
  started: null,
  'taken-over': 'call.take-over',
  released: 'call.release',
  'holder-lost': 'call.lose-holder',
  'transfer-offered': 'call.transfer',
  'transfer-dropped': 'call.decline-transfer',
  'transfer-lapsed': 'call.lapse-transfer',
  'urgency-changed': 'call.set-urgency',
  'urgency-raised': 'call.raise-urgency',
  ended: 'call.end',
}

/** The call as it is now, its company, and the role of whoever did something to it. */
export interface HappenedTo {
  callId: string
  call: Pick<CallRecord, 'conversation_id' | 'started_at'>
  companyId: string
  roleOf: (uid: string) => Role
}

/**
 * Notes what was done to a call, from its own history, which was written in the step that did it. So it may be told late
 * and by several: each event is one entry, by its place in the history of that call.
 */
export function noteEvents(
  audit: Pick<Audit, 'record'>,
  { callId, call, companyId, roleOf }: HappenedTo,
  events: readonly KeyedEvent[],
): void {
  for (const [key, event] of events) {
    const { kind, by, at, from, to, takeover } = event
    const action = kind === 'taken-over' && from !== undefined ? 'call.accept-transfer' : ACTIONS[kind]
    if (action === null) continue
    audit.record({
      actor: by === undefined ? { uid: 'system', role: 'system' } : { uid: by, role: roleOf(by) },
      action,
      outcome: 'done',
      company_id: companyId,
      conversation_id: call.conversation_id,
      call_id: callId,
      details: {
        ...(takeover !== undefined && { takeover }),
        ...(from !== undefined && { from }),
        ...(to !== undefined && { to }),
        ...(event.urgency !== undefined && { urgency: event.urgency }),
      },
      // Ids of an archived call may be used again; when it started tells the two apart.
      key: `call ${callId} ${call.started_at ?? 0} ${key}`,
      at,
    })
  }
}
