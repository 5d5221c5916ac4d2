import { z } from 'zod'
import type { Actor } from '../auth/actor.ts'
import type { Live } from '../conversations/live.ts'
import type { Deps } from '../deps.ts'
import { type FoundConversation, findConversation } from '../history/find-conversation.ts'
import { noteChange } from '../history/note-change.ts'
import { DeletedReply, StatusErrorBody } from '../history/schema.ts'
import { admitAdmin, statusErrors } from '../history/status-errors.ts'
import { AppError, type ErrorFamily, HTTP_STATUS } from '../platform/errors.ts'
import { type Route, defineRoute } from '../platform/route.ts'
import { checkEvidence } from './check-evidence.ts'
import { addInsight, deleteInsights, readInsights } from './insight-store.ts'
import { LiveInsight, LiveInsightsResponse } from './schema.ts'

// Any text: an id that cannot exist is answered as one that does not.
const params = z.object({
  conversation_id: z.string().meta({ example: 'conv_919325590143_20251003_115804' }),
})
const base = { tags: ['live-insights'], access: 'bearer', errors: statusErrors, params } as const
const insightExample = {
  insight: 'The worker hangs by a torn rope.',
  type: 'risk',
  confidence: 0.9,
  evidence: ['msg_1'],
}
const example = {
  conversation_id: 'conv_919325590143_20251003_115804',
  insights: [insightExample],
  created_at: '2025-10-03T06:28:20.000Z',
  updated_at: '2025-10-03T06:28:20.000Z',
}
const body = { schema: LiveInsight, example: insightExample }
const refusals = {
  401: { description: 'Invalid authentication token or insufficient permissions' },
  404: { description: 'No such conversation, not the caller’s to read, or without live insights' },
  503: { description: 'A database does not answer; `Retry-After` says when to try again' },
} as const
const changes = {
  ...refusals,
  403: { description: 'The caller may read the conversation, but not change it' },
  409: { description: 'The conversation has as many insights as it may have' },
} as const

/** Spec 4: PUT answers `false` where the server fails. */
const putErrors: ErrorFamily = {
  schema: z.union([StatusErrorBody, z.literal(false)]),
  body: (failure) => (HTTP_STATUS[failure.code] >= 500 ? false : statusErrors.body(failure)),
}

/** Spec 4. Access is that of the conversation: who may read it reads, who may change it changes. */
export function insightRoutes(deps: Deps, { directory }: Pick<Live, 'directory'>): Route[] {
  /** The specification's `valid_conversation_id`. */
  async function find(
    actor: Actor,
    id: string,
    as: 'conversation.insights' | null,
  ): Promise<FoundConversation> {
    admitAdmin(actor)
    return await findConversation({ ...deps, directory }, actor, id, as)
  }
  async function findToChange(actor: Actor, id: string): Promise<FoundConversation> {
    const found = await find(actor, id, null)
    if (!found.mayChange) {
      throw new AppError('forbidden', 'Only the agent of the conversation and their manager may do this.')
    }
    return found
  }
  const noted = <T>(actor: Actor, id: string, act: () => Promise<T>): Promise<T> =>
    noteChange(deps, actor, { action: 'insights.change', id }, act)
  return [
    defineRoute({
      ...base,
      method: 'get',
      path: '/live-insights/{conversation_id}',
      summary: 'Get the live insights of a conversation',
      replies: { 200: { description: 'The insights', schema: LiveInsightsResponse, example }, ...refusals },
      async handle({ actor, params: { conversation_id } }) {
        const { id } = await find(actor, conversation_id, 'conversation.insights')
        return { status: 200, body: await readInsights(deps, id) }
      },
    }),
    defineRoute({
      ...base,
      method: 'post',
      path: '/live-insights/{conversation_id}',
      summary: 'Create a live insight',
      description: 'The first of a conversation, or one more.',
      body,
      replies: {
        200: { description: 'All insights, the new one last', schema: LiveInsightsResponse, example },
        ...changes,
      },
      async handle({ actor, body, params: { conversation_id } }) {
        const after = await noted(actor, conversation_id, async () => {
          const found = await findToChange(actor, conversation_id)
          await checkEvidence(deps, found, body.evidence ?? [])
          return await addInsight(deps, found.id, body, 'create')
        })
        return { status: 200, body: after }
      },
    }),
    defineRoute({
      ...base,
      method: 'put',
      path: '/live-insights/{conversation_id}',
      summary: 'Append a live insight',
      description: 'Appends to the insights that there are. Where the server fails the body is `false`.',
      errors: putErrors,
      body,
      replies: {
        200: { description: 'It is appended', schema: z.literal(true), example: true },
        ...changes,
      },
      async handle({ actor, body, params: { conversation_id } }) {
        await noted(actor, conversation_id, async () => {
          const found = await findToChange(actor, conversation_id)
          await checkEvidence(deps, found, body.evidence ?? [])
          await addInsight(deps, found.id, body, 'refuse')
        })
        return { status: 200, body: true }
      },
    }),
    defineRoute({
      ...base,
      method: 'delete',
      path: '/live-insights/{conversation_id}',
      summary: 'Delete the live insights of a conversation',
      replies: {
        200: { description: 'They are deleted', schema: DeletedReply, example: { message: 'success' } },
        ...changes,
      },
      async handle({ actor, params: { conversation_id } }) {
        await noted(actor, conversation_id, async () => {
          const { id } = await findToChange(actor, conversation_id)
          await deleteInsights(deps, id)
        })
        return { status: 200, body: { message: 'success' } }
      },
    }),
  ]
}
