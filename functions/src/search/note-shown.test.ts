import { expect, test } from 'vitest'
import type { Actor } from '../auth/actor.ts'
import type { Audit, AuditEvent } from '../audit/audit.ts'
import { noteShown } from './note-shown.ts'
import type { SearchHit, SearchReply } from './schema.ts'

const hit = (conversation_id: string, message_id: string): SearchHit => ({
  kind: 'call',
  conversation_id,
  call_id: `call_of_${conversation_id}`,
  message_id,
  role: 'user',
  sender_id: 'worker_1',
  received_at: '2025-10-03T06:28:05.000Z',
  snippet: { text: 'The rope has torn', marks: [{ start: 4, end: 8 }], cut_start: false, cut_end: false },
  worker_id: 'worker_1',
  worker_name: 'Ravi',
  admin_id: null,
  admin_name: null,
  urgency: 'HIGH',
  status: 'ACTIVE',
})

function noted(hits: SearchHit[]): AuditEvent[] {
  const events: AuditEvent[] = []
  const audit: Pick<Audit, 'record'> = { record: (event) => void events.push(event) }
  const reply: SearchReply = {
    success: true,
    hits,
    total: hits.length,
    next_cursor: null,
    coverage: { complete: true, searched: ['calls', 'chats'] },
  }
  const actor = { uid: 'ben', role: 'agent', company_id: 'c_acme' } as Actor
  noteShown({ audit: audit as Audit }, actor, reply)
  return events
}

test('a search notes each conversation that it has shown, once, and nobody’s words', () => {
  const events = noted([hit('conv_1', 'm1'), hit('conv_2', 'm1'), hit('conv_1', 'm2')])
  expect(
    events.map((each) => [each.action, each.outcome, each.conversation_id, each.call_id, each.details]),
  ).toEqual([
    ['conversation.search', 'allowed', 'conv_1', 'call_of_conv_1', { messages: 2 }],
    ['conversation.search', 'allowed', 'conv_2', 'call_of_conv_2', { messages: 1 }],
  ])
  expect(JSON.stringify(events)).not.toContain('rope')
})

test('a search that shows nothing notes nothing', () => {
  expect(noted([])).toEqual([])
})

test('a chat is noted by its key, for its own id may be that of another company too', () => {
  const { message_id, role, sender_id, received_at, snippet, status } = hit('x', 'm1')
  const found = { message_id, role, sender_id, received_at, snippet, status }
  const chat: SearchHit = {
    kind: 'chat',
    conversation_id: 'meeting',
    chat_key: 'chat_1',
    participants: [],
    sender_name: null,
    ...found,
  }
  expect(noted([chat])).toMatchObject([{ conversation_id: 'chat_1', call_id: null }])
})
