import { Writable } from 'node:stream'
import { seal } from '../json-export.ts'
import { writePdf } from '../pdf/pdf-export.ts'
import type { ConversationExport } from '../schema.ts'

/** A sealed export with these messages, one after the other. */
export const exampleExport = (contents: readonly string[]): ConversationExport =>
  seal({
    format: 'lifeline-conversation-export',
    version: 1,
    conversation: {
      conversation_id: 'conv_1',
      call_id: 'call_1',
      company_id: 'c_acme',
      worker_id: 'worker_1',
      mobile_no: '+919325590143',
      admin_id: 'admin_ben',
      takeover: 1,
      urgency: 'CRITICAL',
      status: 'ENDED',
      medium: 'Voice',
      timestamp: '2025-10-03T11:58:04+05:30',
      started_at: '2025-10-03T06:28:04.100Z',
      ended_at: '2025-10-03T06:40:00.000Z',
      ended_by: 'admin_ben',
      end_reason: null,
      archived_at: null,
    },
    people: { worker_1: 'रवि', admin_ben: 'Ben Okafor' },
    messages: contents.map((content, at) => ({
      message_id: `msg_${at}`,
      role: 'user',
      content,
      timestamp: '2025-10-03T11:58:04+05:30',
      sources: '',
      sender_id: 'worker_1',
      received_at: '2025-10-03T06:28:04.100Z',
    })),
    deliveries: [],
    timeline: [],
    attachments: [],
    exported: { at: '2025-10-03T07:00:00.000Z', by: 'admin_ben', name: 'Ben Okafor' },
  })

/** The bytes of its PDF. */
export async function pdfOf(record: ConversationExport): Promise<Buffer> {
  const parts: Buffer[] = []
  const sink = new Writable({
    write(part: Buffer, _encoding, done) {
      parts.push(part)
      done()
    },
  })
  await writePdf(record, sink, new AbortController().signal)
  return Buffer.concat(parts)
}
