import { CHAT_ROWS } from './access-table-chats.ts'
import { HISTORY_ROWS } from './access-table-history.ts'
import { PROCEDURE_ROWS } from './access-table-procedures.ts'
import { QA_ROWS } from './access-table-qa.ts'
import type { Asked } from './ask.ts'
import type { State } from './world.ts'

/**
 * Who gets which status from a route, a column each: the worker of the call (or who wrote the chat), another worker, the
 * agent who holds it (or has asked, or written), another agent, the manager of the holder, a manager of others, an admin
 * without a team, another company's manager, nobody, an expired token.
 */
type Columns = string

/** What a route is asked, in each state that `world.ts` knows how to make; or a route that is open to everybody. */
export type Row = Asked &
  (
    | { open: true }
    | ({
        /** Spec 1 answers another company's conversation with 403; every other path answers it as an unknown one. */
        refusesStrangers?: true
      } & Partial<Record<State, Columns>>)
  )

export const ROWS: Readonly<Record<string, Row>> = {
  'GET /healthz': { open: true },
  'GET /api/health': { open: true },
  'GET /api/config': { open: true },
  'GET /openapi.json': { open: true },
  'GET /docs': { open: true },
  'POST /api/auth/token': { open: true },
  'POST /api/auth/login': { open: true },
  'POST /api/auth/refresh': { open: true },
  'POST /api/auth/logout': { open: true },
  'GET /api/auth/me': { anybody: '404 404 404 404 404 404 404 404 401 401' },
  'GET /api/templates': { anybody: '403 403 200 200 200 200 200 200 401 401' },
  'GET /api/calls': { anybody: '403 403 200 200 200 200 200 200 401 401' },
  'GET /api/calls/stream': { anybody: '403 403 200 200 200 200 200 200 401 401' },
  'GET /api/admins': { anybody: '403 403 200 200 200 200 200 200 401 401' },
  'GET /api/alarms': { anybody: '403 403 200 200 200 200 200 200 401 401' },
  'GET /api/alarms/stream': { anybody: '403 403 200 200 200 200 200 200 401 401' },
  'GET /api/audit': { anybody: '403 403 403 403 200 200 200 200 401 401' },
  'GET /api/search/messages': { query: '?q=help', anybody: '403 403 200 200 200 200 200 200 401 401' },
  'GET /api/conversation/{conversation_id}': {
    refusesStrangers: true,
    unassigned: '403 403 200 200 200 200 200 403 401 401',
    held: '403 403 200 403 200 403 403 403 401 401',
    archived: '403 403 200 403 200 403 403 403 401 401',
  },
  'GET /api/conversation/{conversation_id}/stream': {
    refusesStrangers: true,
    unassigned: '403 403 200 200 200 200 200 403 401 401',
    held: '403 403 200 403 200 403 403 403 401 401',
    archived: '403 403 200 403 200 403 403 403 401 401',
  },
  'GET /api/conversation/{conversation_id}/timeline': {
    unassigned: '403 403 200 200 200 200 200 404 401 401',
    held: '403 403 200 403 200 403 403 404 401 401',
    archived: '403 403 200 403 200 403 403 404 401 401',
  },
  'GET /api/conversation/{conversation_id}/export': {
    query: '?format=json',
    unassigned: '403 403 200 200 200 200 200 404 401 401',
    held: '403 403 200 403 200 403 403 404 401 401',
    archived: '403 403 200 403 200 403 403 404 401 401',
  },
  'POST /api/conversation/{conversation_id}/messages': {
    body: { content: 'x', message_id: 'k' },
    unassigned: '403 403 409 409 409 409 409 404 401 401',
    held: '403 403 201 409 409 409 409 404 401 401',
    archived: '403 403 409 409 409 409 409 404 401 401',
  },
  'POST /api/conversation/{conversation_id}/seen': {
    body: { message_id: 'm1' },
    unassigned: '403 403 200 200 200 200 200 404 401 401',
    held: '403 403 200 403 200 403 403 404 401 401',
    archived: '403 403 409 403 409 403 403 404 401 401',
  },
  'POST /api/conversation/{conversation_id}/typing': {
    body: { typing: true },
    unassigned: '403 403 409 409 409 409 409 404 401 401',
    held: '403 403 200 409 409 409 409 404 401 401',
    archived: '403 403 409 409 409 409 409 404 401 401',
  },
  'POST /api/conversation/{conversation_id}/attachments': {
    body: 'no picture',
    headers: { 'content-type': 'image/png', 'idempotency-key': 'k' },
    unassigned: '415 404 409 409 409 409 409 404 401 401',
    held: '415 404 415 409 409 409 409 404 401 401',
    archived: '409 404 409 409 409 409 409 404 401 401',
  },
  'GET /api/conversation/{conversation_id}/attachments/{media_id}': {
    unassigned: '200 404 200 200 200 200 200 404 401 401',
    held: '200 404 200 403 200 403 403 404 401 401',
    archived: '200 404 200 403 200 403 403 404 401 401',
  },
  'POST /api/calls/{call_id}/takeover': {
    unassigned: '403 403 200 200 200 200 200 404 401 401',
    held: '403 403 200 409 409 409 409 404 401 401',
    archived: '403 403 409 409 409 409 409 404 401 401',
  },
  'POST /api/calls/{call_id}/release': {
    body: {},
    unassigned: '403 403 409 409 409 409 409 404 401 401',
    held: '403 403 200 409 200 409 409 404 401 401',
    archived: '403 403 409 409 409 409 409 404 401 401',
  },
  'POST /api/calls/{call_id}/end': {
    body: {},
    unassigned: '403 403 409 409 409 409 409 404 401 401',
    held: '403 403 200 409 200 409 409 404 401 401',
    archived: '403 403 200 409 200 409 409 404 401 401',
  },
  'PATCH /api/calls/{call_id}': {
    body: { urgency: 'LOW', reason: 'Safe now' },
    unassigned: '403 403 409 409 409 409 409 404 401 401',
    held: '403 403 200 409 409 409 409 404 401 401',
    archived: '403 403 409 409 409 409 409 404 401 401',
  },
  'POST /api/calls/{call_id}/transfer': {
    body: { to: '{admin_id}' },
    unassigned: '403 403 409 409 409 409 409 400 401 401',
    held: '403 403 200 409 409 409 409 400 401 401',
    archived: '403 403 409 409 409 409 409 400 401 401',
  },
  'POST /api/calls/{call_id}/transfer/accept': {
    unassigned: '403 403 409 409 409 409 409 404 401 401',
    held: '403 403 200 409 409 409 409 404 401 401',
    archived: '403 403 409 409 409 409 409 404 401 401',
  },
  'POST /api/calls/{call_id}/transfer/decline': {
    unassigned: '403 403 409 409 409 409 409 404 401 401',
    held: '403 403 409 409 409 409 409 404 401 401',
    archived: '403 403 409 409 409 409 409 404 401 401',
  },
  'POST /api/alarms/{alarm_id}/acknowledge': {
    body: {},
    'an alarm for the holder': '403 403 200 404 200 404 404 404 401 401',
    'an alarm for the company': '403 403 200 200 200 200 200 404 401 401',
    'an alarm acknowledged': '403 403 200 404 409 404 404 404 401 401',
    'an alarm closed': '403 403 200 404 409 404 404 404 401 401',
  },
  'POST /api/alarms/{alarm_id}/verdict': {
    body: { verdict: 'false-alarm' },
    'an alarm for the holder': '403 403 200 404 200 404 404 404 401 401',
    'an alarm for the company': '403 403 200 200 200 200 200 404 401 401',
    'an alarm acknowledged': '403 403 200 404 200 404 404 404 401 401',
    'an alarm closed': '403 403 409 404 409 404 404 404 401 401',
  },
  'PUT /api/workers/me/duress-word': {
    body: { proof: '5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f' },
    anybody: '200 200 403 403 403 403 403 403 401 401',
  },
  ...PROCEDURE_ROWS,
  ...HISTORY_ROWS,
  ...CHAT_ROWS,
  ...QA_ROWS,
  'GET /api/conversation/{conversation_id}/summary': {
    unassigned: '403 403 200 200 200 200 200 404 401 401',
    held: '403 403 200 403 200 403 403 404 401 401',
    archived: '403 403 200 403 200 403 403 404 401 401',
  },
  // To whoever has its own token, where one is configured.
  'GET /metrics': { open: true },
}
