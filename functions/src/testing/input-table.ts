import { newProcedureExample } from '../procedures/examples.ts'

/** What a route is asked where the access table asks for less than it takes, and the places that take anything. */
export interface Input {
  body?: unknown
  query?: string
  /** Places in the body, `metadata.a`: what is there is kept as it was given, or has to mean nothing. */
  free?: readonly string[]
}

const place = {
  kind: 'location',
  latitude: 12.97,
  longitude: 77.59,
  accuracy_m: 9,
  captured_at: '2025-10-03T11:58:04+05:30',
}

const conversation = {
  call_type: 'inbound',
  title: 'A caller',
  persona: { name: 'Sam', role: 'agent', description: 'Calm', traits: ['calm'] },
  profile: { name: 'Jo', email: 'jo@example.org', phone: '+44', company: 'Co', notes: 'None' },
  participants: [{ name: 'Jo', id: 'jo', role: 'caller' }],
  started_at: '2025-10-03T06:28:20.000Z',
  ended_at: '2025-10-03T06:38:20.000Z',
  metadata: { a: 'b', b: 1 },
}

/** By the name of the route in `access-table.ts`; every field that a body knows stands here, or there. */
export const INPUTS: Readonly<Record<string, Input>> = {
  'POST /api/auth/token': {
    body: { grant_type: 'password', username: 'a@b.example', password: 'wrong', scope: '' },
  },
  'POST /api/auth/login': { body: { email: 'a@b.example', password: 'wrong', refresh: 'body' } },
  'POST /api/auth/refresh': { body: { refresh_token: 'nobody-was-ever-given-this' } },
  'POST /api/auth/logout': { body: { refresh_token: 'nobody-was-ever-given-this' } },
  'POST /api/conversation/{conversation_id}/messages': {
    body: { content: 'x', message_id: 'k', timestamp: place.captured_at, lease: 1, attachment: place },
  },
  'POST /api/conversation/{conversation_id}/typing': { body: { typing: true, lease: 1 } },
  'POST /api/calls/{call_id}/transfer': { body: { to: '{admin_id}', lease: 1 } },
  'POST /api/calls/{call_id}/release': { body: { lease: 1 } },
  'POST /api/calls/{call_id}/end': { body: { lease: 1, reason: 'Done' } },
  'PATCH /api/calls/{call_id}': { body: { urgency: 'LOW', reason: 'Safe now', lease: 1 } },
  'POST /api/alarms/{alarm_id}/verdict': { body: { verdict: 'false-alarm', note: 'A drill' } },
  'POST /live-insights/{conversation_id}': {
    body: { insight: 'He hangs by a rope.', type: 'risk', confidence: 0.9, evidence: ['m1'] },
  },
  'PUT /live-insights/{conversation_id}': {
    body: { insight: 'He hangs by a rope.', type: 'risk', confidence: 0.9, evidence: ['m1'] },
  },
  'POST /api/procedures': { body: newProcedureExample },
  'POST /conversations': { body: { ...conversation, agent_id: 'ben' }, free: ['metadata.a', 'metadata.b'] },
  'PUT /conversations/{conversation_id}': {
    body: { ...conversation, call_type: 'emergency', agent_id: 'ben' },
    free: ['metadata.a', 'metadata.b', 'ended_at', 'started_at', 'agent_id'],
  },
  'POST /chats': {
    body: {
      conversation_id: 'meeting_123',
      user_id: 'sam',
      messages: [
        {
          content: 'Hi',
          timestamp: '2023-01-01T09:00:00',
          client_message_id: 'c-1',
          metadata: { a: [1, { b: 'c' }] },
        },
      ],
    },
    free: ['messages.0.metadata.a'],
  },
  'POST /api/v1/qa/sessions': {
    body: {
      question: 'Would you buy this at all?',
      prospect_ids: ['{lead_id}'],
      image_base64: null,
      image_mime_type: 'image/png',
      context: { control_questions: [{ question: 'How old are you?', expected_field: 'age' }] },
    },
    free: ['image_mime_type', 'image_base64'],
  },
  'POST /api/v1/qa/sessions/{session_id}/regenerate-summary': {
    body: { focus_areas: ['price'], summary_style: 'concise' },
  },
  'POST /api/v1/qa/prospects/import': {
    body: { format: 'csv', content: 'lead_id,full_name\nLEAD-2001,Jo Park\n', dry_run: true },
    // Rows that are wrong are named in the answer; the file as such was read.
    free: ['content'],
  },
}
