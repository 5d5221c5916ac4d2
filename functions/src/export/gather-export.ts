import { createHash } from 'node:crypto'
import type { Actor } from '../auth/actor.ts'
import { ownerOf } from '../attachments/upload.ts'
import { readArchivedMessages } from '../conversations/archive.ts'
import { type Authorized, authorize } from '../conversations/authorize.ts'
import type { Directory } from '../conversations/directory.ts'
import { namesOf } from '../conversations/names.ts'
import { type StoredRecord, readRecord } from '../conversations/read-record.ts'
import { type Message, type SeenMark, SeenRecord } from '../conversations/schema.ts'
import { readMessages } from '../conversations/store.ts'
import type { Deps } from '../deps.ts'
import { findMedia, readBytes } from '../media/store.ts'
import { Id } from '../platform/schema.ts'
import { unavailable } from '../streaming/with-timeout.ts'
import { composeTimeline, peopleIn } from '../timeline/compose-timeline.ts'
import { seal } from './json-export.ts'
import type { ConversationExport } from './schema.ts'

type ExportDeps = Pick<Deps, 'database' | 'writes' | 'firestore' | 'clock' | 'log' | 'audit'> & {
  directory: Directory
}

/** It may be archived while it is gathered, but only once. */
const ATTEMPTS = 3

/**
 * Everything of a conversation, active or archived, for whoever may read it. That it was exported is durable in the audit
 * log before anything is handed out.
 *
 * @throws AppError as `authorize` does; another company's conversation is answered as an unknown one.
 */
export async function gatherExport(deps: ExportDeps, actor: Actor, id: string): Promise<ConversationExport> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const options = { strangers: 'learn-nothing', as: 'conversation.export' } as const
    const found = await authorize(deps, actor, id, 'read', options)
    await deps.audit.flush()
    const messages = found.archived
      ? await readArchivedMessages(deps, found.conversationId)
      : await readMessages({ ...deps, database: deps.writes }, found.conversationId)
    if (messages === undefined) continue
    const record = await readRecord(deps, found)
    return seal(
      wellFormed(
        await compose(deps, actor, { found, record, messages: messages.map(({ message }) => message) }),
      ),
    )
  }
  throw unavailable()
}

async function compose(
  deps: ExportDeps,
  actor: Actor,
  { found, record, messages }: { found: Authorized; record: StoredRecord; messages: Message[] },
) {
  const { call, callId, conversationId } = found
  const timeline = composeTimeline(record.call, call)
  const deliveries = [
    ...marks(record.seen, (uid) => (uid === call.worker_id ? 'worker' : 'admin')),
    ...marks(record.teamSeen, () => 'watcher'),
  ]
  const senders = messages.flatMap(({ role, sender_id }) =>
    sender_id === null || role === 'system' ? [] : [sender_id],
  )
  const people = await namesOf(deps.directory, call.worker_id, [
    call.worker_id,
    ...peopleIn(timeline),
    ...deliveries.map(({ uid }) => uid),
    ...senders,
    actor.uid,
  ])
  return {
    format: 'lifeline-conversation-export' as const,
    version: 1 as const,
    conversation: {
      conversation_id: conversationId,
      call_id: callId,
      company_id: actor.company_id,
      worker_id: call.worker_id,
      mobile_no: call.mobile_no,
      admin_id: call.admin_id,
      takeover: call.takeover,
      urgency: call.urgency,
      status: call.status,
      medium: call.medium,
      timestamp: call.timestamp,
      started_at: isoOrNull(call.started_at),
      ended_at: isoOrNull(call.ended_at),
      ended_by: call.ended_by ?? null,
      end_reason: call.end_reason ?? null,
      archived_at: isoOrNull(record.archivedAt),
    },
    people,
    messages,
    deliveries,
    timeline,
    attachments: await digestAttachments(deps, found, messages),
    exported: {
      at: new Date(deps.clock.now()).toISOString(),
      by: actor.uid,
      name: people[actor.uid] ?? actor.uid,
    },
  }
}

const isoOrNull = (at: number | null | undefined): string | null =>
  at === null || at === undefined ? null : new Date(at).toISOString()

function marks(stored: unknown, sideOf: (uid: string) => SeenMark['side']): SeenMark[] {
  return Object.entries(stored ?? {})
    .flatMap(([uid, value]): SeenMark[] => {
      const mark = SeenRecord.safeParse(value)
      if (!mark.success || !Id.safeParse(uid).success) return []
      const { message_id, seen_at } = mark.data
      return [{ uid, side: sideOf(uid), message_id, seen_at: new Date(seen_at).toISOString() }]
    })
    .toSorted((a, b) => (a.uid < b.uid ? -1 : 1))
}

/** One after the other, so that never more than one is in memory. */
async function digestAttachments(
  deps: ExportDeps,
  found: Authorized,
  messages: readonly Message[],
): Promise<ConversationExport['attachments']> {
  const digests: ConversationExport['attachments'] = []
  for (const { message_id, attachment } of messages) {
    if (attachment === undefined || attachment.kind === 'location') continue
    const { media_id } = attachment
    const media = await findMedia(deps, media_id)
    const isOurs = media !== undefined && media.owner === ownerOf(found)
    const sha256 = isOurs
      ? createHash('sha256')
          .update(await readBytes(deps, media))
          .digest('hex')
      : null
    digests.push({ media_id, message_id, sha256 })
  }
  return digests
}

/** Half characters, which canonical JSON does not know, become U+FFFD. */
function wellFormed<T>(value: T): T {
  if (typeof value === 'string') return value.toWellFormed() as T
  if (Array.isArray(value)) return value.map(wellFormed) as T
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, wellFormed(member)])) as T
}
