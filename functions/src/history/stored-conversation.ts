import { z } from 'zod'
import { CallStatus, Urgency } from '../calls/schema.ts'
import type { Directory } from '../conversations/directory.ts'
import type { Subject } from '../conversations/policy.ts'
import { subjectOf } from '../conversations/access.ts'
import { showTime } from '../platform/calendar.ts'
import { Id } from '../platform/schema.ts'
import {
  CallTypes,
  type ConversationBody,
  ConversationBody as Body,
  type ConversationsResponse,
} from './schema.ts'
import { shownChat } from './shown-chat.ts'

/**
 * `conversations/{id}` as stored, as far as spec 3 shows it. Times are ms since 1970. Other domains keep fields of
 * their own beside these; whoever makes such documents gives them `company_id`, `call_type`, `agent_id` and
 * `started_at`, by which they are listed.
 */
export const StoredConversation = z.object({
  company_id: Id.nullable(),
  call_type: CallTypes,
  agent_id: Id.nullish().transform((id) => id ?? null),
  status: CallStatus.default('ACTIVE'),
  started_at: z.number().nullish(),
  ended_at: z.number().nullish(),
  created_at: z.number().nullish(),
  created_by: Id.nullish(),
  updated_at: z.number().nullish(),
  call_id: Id.nullish(),
  worker_id: Id.nullish(),
  mobile_no: z.string().nullish(),
  urgency: Urgency.nullish(),
  medium: z.string().nullish(),
  archive: z.object({ count: z.int().nonnegative() }).nullish(),
})
export type StoredConversation = z.infer<typeof StoredConversation>

/** What a caller says about a conversation and the server only keeps. */
export const SAID_FIELDS = ['title', 'persona', 'profile', 'participants', 'metadata'] as const
const Said = Body.pick({ title: true, persona: true, profile: true, participants: true, metadata: true })
type Said = Pick<ConversationBody, (typeof SAID_FIELDS)[number]>

/** What the policy asks about a conversation; an emergency call is its worker's, any other its company's. */
export async function subjectOfStored(stored: StoredConversation, directory: Directory): Promise<Subject> {
  const { worker_id, agent_id, status, company_id, call_id, archive } = stored
  if (call_id && worker_id) {
    const call = { worker_id, admin_id: agent_id, status }
    return subjectOf(archive ? { ...call, archivedFor: company_id } : call, directory)
  }
  const agent = agent_id === null ? null : await directory.admin(agent_id)
  return {
    status,
    workerCompanyId: company_id,
    holder:
      agent_id === null
        ? null
        : { adminId: agent_id, companyId: agent?.company_id ?? null, managerId: agent?.manager_id ?? null },
  }
}

/** Shows a stored conversation with the names of its people. Fields of `data` that nobody could have said are left out. */
export async function showStored(
  id: string,
  stored: StoredConversation,
  data: Record<string, unknown>,
  directory: Directory,
): Promise<ConversationsResponse> {
  const agent = stored.agent_id === null ? null : await directory.admin(stored.agent_id)
  const said: Said = Object.fromEntries(
    SAID_FIELDS.flatMap((name) => {
      const parsed = Said.shape[name].safeParse(data[name])
      return parsed.success && data[name] !== undefined ? [[name, parsed.data]] : []
    }),
  )
  return {
    ...said,
    id,
    call_type: stored.call_type,
    company_id: stored.company_id ?? '',
    agent_id: stored.agent_id,
    agent_name: stored.agent_id === null ? null : agent?.name || stored.agent_id,
    status: stored.status,
    started_at: timeOf(stored.started_at),
    ended_at: timeOf(stored.ended_at),
    created_at: timeOf(stored.created_at),
    created_by: stored.created_by ?? null,
    updated_at: timeOf(stored.updated_at),
    ...(await shownCall(stored, directory)),
    ...(await shownChat(id, data, directory)),
  }
}

async function shownCall(
  { call_id, worker_id, mobile_no, urgency, medium, archive }: StoredConversation,
  directory: Directory,
): Promise<Partial<ConversationsResponse>> {
  if (!call_id || !worker_id) return archive ? { total_messages: archive.count } : {}
  const worker = await directory.worker(worker_id)
  return {
    call_id,
    worker_id,
    worker_name: worker?.name || worker_id,
    mobile_no: mobile_no || worker?.mobile_no || '',
    ...(urgency && { urgency }),
    ...(medium && { medium }),
    ...(archive && { total_messages: archive.count }),
  }
}

const timeOf = (ms: number | null | undefined): string | null => (ms ? (showTime(ms) ?? null) : null)
