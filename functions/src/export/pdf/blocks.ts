import type { Attachment } from '../../media/schema.ts'
import type { TimelineEvent, TimelineKind } from '../../timeline/schema.ts'
import type { ConversationExport } from '../schema.ts'

/** A piece of text on the page. `indent` and `gap` (above it) in points. */
export interface Block {
  style: 'title' | 'heading' | 'label' | 'body'
  text: string
  indent?: number
  gap?: number
  keepWithNext?: boolean
}

const INDENT = 14

/** What a printed export says, from top to bottom. */
export function* blocksOf(record: ConversationExport): Generator<Block> {
  const nameOf = (id: string) => named(record, id)
  yield { style: 'title', text: 'Record of an emergency conversation' }
  yield* facts(record)
  yield { style: 'heading', text: 'What happened to the call', gap: 14, keepWithNext: true }
  for (const event of record.timeline)
    yield { style: 'body', text: `${event.at}  ${tell(event, nameOf)}`, gap: 2 }
  yield { style: 'heading', text: `Messages (${record.messages.length})`, gap: 14, keepWithNext: true }
  for (const message of record.messages) yield* messageBlocks(record, message)
  yield { style: 'heading', text: 'Seen by', gap: 14, keepWithNext: true }
  if (record.deliveries.length === 0) yield { style: 'body', text: 'Nobody has marked a message as seen.' }
  for (const { uid, side, message_id, seen_at } of record.deliveries) {
    yield { style: 'body', text: `${seen_at}  ${nameOf(uid)} (${side}) had read up to ${message_id}`, gap: 2 }
  }
  yield* footer(record)
}

function* facts(record: ConversationExport): Generator<Block> {
  const { conversation: call, exported } = record
  const holder = call.admin_id === null ? 'nobody' : named(record, call.admin_id)
  const lines = [
    `Conversation ${call.conversation_id}, call ${call.call_id}, company ${call.company_id}`,
    `Worker: ${named(record, call.worker_id)}${call.mobile_no === '' ? '' : `, ${call.mobile_no}`}`,
    `Held by: ${holder}, lease ${call.takeover}`,
    `Urgency ${call.urgency}, status ${call.status}, medium ${call.medium}`,
    `Begun ${call.started_at ?? 'at a time that is not known'} by the server, ${call.timestamp} by the device`,
    ...(call.ended_at === null
      ? []
      : [`Ended ${call.ended_at}${call.ended_by === null ? '' : ` by ${named(record, call.ended_by)}`}`]),
    ...(call.end_reason === null ? [] : [`Reason: ${call.end_reason}`]),
    ...(call.archived_at === null ? [] : [`Archived ${call.archived_at}`]),
    `Exported ${exported.at} by ${named(record, exported.by)}`,
  ]
  for (const [index, text] of lines.entries()) yield { style: 'body', text, gap: index === 0 ? 8 : 0 }
}

function* messageBlocks(
  record: ConversationExport,
  {
    message_id,
    role,
    sender_id,
    content,
    timestamp,
    received_at,
    sources,
    attachment,
  }: ConversationExport['messages'][number],
): Generator<Block> {
  const sender =
    sender_id === null || role === 'system'
      ? role
      : `${named(record, sender_id)} (${role === 'user' ? 'worker' : role})`
  yield { style: 'label', text: sender, gap: 9, keepWithNext: true }
  yield {
    style: 'label',
    text: `received ${received_at} · written ${timestamp} · ${message_id}`,
    keepWithNext: true,
  }
  yield { style: 'body', text: content, indent: INDENT, gap: 1 }
  if (sources !== '') yield { style: 'label', text: `Sources: ${sources}`, indent: INDENT }
  if (attachment !== undefined) yield { style: 'label', text: describe(record, attachment), indent: INDENT }
}

function describe({ attachments }: ConversationExport, attachment: Attachment): string {
  if (attachment.kind === 'location') {
    const { latitude, longitude, accuracy_m, captured_at } = attachment
    return `Location ${latitude}, ${longitude}, within ${accuracy_m} m, at ${captured_at}`
  }
  const { kind, media_id, content_type, bytes } = attachment
  const sha256 = attachments.find((each) => each.media_id === media_id)?.sha256
  return `${kind === 'image' ? 'Image' : 'Recording'} ${media_id}, ${content_type}, ${bytes} bytes, ${sha256 ? `SHA-256 ${sha256}` : 'there no more'}`
}

function* footer({ digest }: ConversationExport): Generator<Block> {
  yield { style: 'heading', text: 'How to check this record', gap: 14, keepWithNext: true }
  yield {
    style: 'body',
    text:
      `SHA-256 over the canonical JSON (RFC 8785) of the export, without its member “digest”: ${digest.whole}. ` +
      `The same without “exported”, which is equal for every export of the unchanged conversation: ${digest.content}. ` +
      'Characters that the fonts of this document do not have are printed as their code points, such as [U+4E2D]; the JSON export has them as they were written.',
  }
}

const named = ({ people }: ConversationExport, id: string): string => {
  const name = people[id] ?? id
  return name === id ? id : `${name} [${id}]`
}

type Tell = (event: TimelineEvent, nameOf: (id: string) => string) => string
const who = (id: string | undefined, nameOf: (id: string) => string): string =>
  id === undefined ? 'Lifeline' : nameOf(id)

function causeOf({ cause, message_id: id }: TimelineEvent): string {
  if (cause === 'duress') return ', for the worker gave their duress word'
  if (id === undefined) return ''
  return cause === 'model' ? `, as a language model judged ${id}` : ` by the words of ${id}`
}

const TOLD: Record<TimelineKind, Tell> = {
  started: ({ by }, name) => `${who(by, name)} began the call`,
  'taken-over': ({ by, from, takeover }, name) =>
    `${who(by, name)} took the call over${from === undefined ? '' : ` from ${name(from)}`} (lease ${takeover ?? '?'})`,
  released: ({ by, from }, name) =>
    `${who(by, name)} handed the call back${from === undefined || from === by ? '' : `, which ${name(from)} held`}`,
  'holder-lost': ({ from }, name) => `${who(from, name)} lost the connection to the call`,
  'transfer-offered': ({ by, to }, name) => `${who(by, name)} offered the call to ${who(to, name)}`,
  'transfer-dropped': ({ by, to }, name) => `${who(by, name)} ended the offer to ${who(to, name)}`,
  'transfer-lapsed': ({ to }, name) => `The offer to ${who(to, name)} lapsed`,
  'urgency-changed': ({ by, urgency, urgency_before, reason }, name) =>
    `${who(by, name)} changed the urgency from ${urgency_before} to ${urgency}: ${reason}`,
  'urgency-raised': (event) =>
    `The urgency was raised from ${event.urgency_before} to ${event.urgency}${causeOf(event)}`,
  ended: ({ by, reason }, name) =>
    `${who(by, name)} ended the call${reason === undefined ? '' : `: ${reason}`}`,
}

const tell: Tell = (event, nameOf) => TOLD[event.kind](event, nameOf)
