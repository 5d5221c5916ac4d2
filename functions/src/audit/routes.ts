import type { Deps } from '../deps.ts'
import { AppError } from '../platform/errors.ts'
import { type Route, defineRoute } from '../platform/route.ts'
import { decideAudit } from './policy.ts'
import { readAudit } from './read-audit.ts'
import { type AuditEntry, AuditQuery, type AuditRecord, AuditReply } from './schema.ts'

/** Names of people by id; null for who is not known. */
export interface People {
  admin(id: string): Named | Promise<Named>
  worker(id: string): Named | Promise<Named>
}
type Named = { readonly name: string; readonly company_id: string } | null

const example: AuditEntry = {
  id: '0f5d1f0c-6a51-4a9e-9d5c-3f1d8a2b7c44',
  at: '2025-10-03T06:28:31.000Z',
  actor: { uid: 'admin_ben', role: 'agent', name: 'Ben Okafor' },
  action: 'conversation.stream',
  outcome: 'allowed',
  reason: null,
  company_id: 'c_acme',
  conversation_id: 'conv_919325590143_20251003_115804',
  call_id: 'call_919325590143_20251003_115804',
  request_id: '6d1f6c7e-5a51-4b46-8a0e-0f1f7c1d2e3a',
  details: {},
  writer: 'b9a1c6f2-2f0e-4c53-8d0b-5e9a7d3c1f60',
  sequence: 1,
  previous: null,
  digest: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
}

/** The audit log (issue: who has read and done what), for managers. Nothing here, or anywhere else, changes an entry. */
export function auditRoutes(deps: Deps, people: People): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/api/audit',
      summary: 'Who has read and done what',
      description:
        'Every read of a conversation, every act on a call, and every attempt that was denied, of the caller’s company, ' +
        'latest first. For managers. Filters have to fit all together; `cursor` is the `next_cursor` of the page before. ' +
        '`digest` is SHA-256 over the canonical JSON (RFC 8785) of the entry as it is stored, without `digest`; ' +
        '`previous` is that of the entry before by the same `writer`.',
      tags: ['audit'],
      access: 'bearer',
      query: AuditQuery,
      replies: {
        200: {
          description: 'A page of the log',
          schema: AuditReply,
          example: { success: true, entries: [example], next_cursor: null },
        },
        400: { description: 'A filter or cursor that is not as described' },
        401: { description: 'Invalid or missing authentication token' },
        403: { description: 'The caller is not a manager' },
        503: { description: 'The database does not answer; `Retry-After` says when to try again' },
      },
      async handle({ actor, query }) {
        const decision = decideAudit(actor)
        deps.audit.record({
          actor,
          action: 'audit.read',
          outcome: decision === 'allow' ? 'allowed' : 'denied',
          ...(decision !== 'allow' && { reason: decision }),
          company_id: actor.company_id,
          conversation_id: query.conversation_id ?? null,
          call_id: null,
        })
        if (decision !== 'allow') throw new AppError('forbidden', 'Only managers may read the audit log')
        const { records, nextCursor } = await readAudit(deps, actor.company_id, query)
        const entries = await Promise.all(records.map((record) => show(record, people)))
        return { status: 200, body: { success: true, entries, next_cursor: nextCursor } }
      },
    }),
  ]
}

/** With the name of whoever did it, unless that is somebody of another company. */
async function show(record: AuditRecord, people: People): Promise<AuditEntry> {
  const { uid, role } = record.actor
  const person = await (role === 'worker' ? people.worker(uid) : role === 'system' ? null : people.admin(uid))
  const name = person?.company_id === record.company_id ? person.name : ''
  const actor = { ...record.actor, name: role === 'system' ? 'Lifeline' : name || uid }
  return { ...record, at: new Date(record.at).toISOString(), actor }
}
