import { z } from 'zod'
import type { Live } from '../conversations/live.ts'
import type { Deps } from '../deps.ts'
import { type Route, defineRoute } from '../platform/route.ts'
import { createConversation, deleteConversation, updateConversation } from './change-conversation.ts'
import { bodyExample, callExample, conversationExample } from './examples.ts'
import { findConversation } from './find-conversation.ts'
import { listConversations } from './list-conversations.ts'
import { noteChange } from './note-change.ts'
import {
  ConversationBody,
  ConversationsListResponse,
  ConversationsQuery,
  ConversationsResponse,
  DeletedReply,
} from './schema.ts'
import { admitAdmin, statusErrors } from './status-errors.ts'
import { showStored } from './stored-conversation.ts'

// Any text: an id that cannot exist is answered as one that does not.
const params = z.object({ conversation_id: z.string().meta({ example: conversationExample.id }) })
const base = { tags: ['conversations'], access: 'bearer', errors: statusErrors } as const
const refusals = {
  401: { description: 'Invalid authentication token or insufficient permissions' },
  503: { description: 'A database does not answer; `Retry-After` says when to try again' },
} as const
const body = { schema: ConversationBody, example: bodyExample }

/** Spec 3. Its `auth_token` is the OAuth2 token of the `Authorization` header. */
export function historyRoutes(
  deps: Deps,
  { directory, presence }: Pick<Live, 'directory' | 'presence'>,
): Route[] {
  const known = { ...deps, directory }
  return [
    defineRoute({
      ...base,
      method: 'get',
      path: '/conversations/user',
      summary: 'List conversations',
      description:
        'The conversations of the caller and, for a manager, of their own agents; `agent_id` asks for those of one of ' +
        'them. The latest started first. Chats are those in which they wrote; nobody holds one, so `unassigned` adds all of ' +
        'the company’s.',
      query: ConversationsQuery,
      replies: {
        200: {
          description: 'One page',
          schema: ConversationsListResponse,
          example: {
            conversations: [callExample],
            pagination: { totalItems: 1, totalPages: 1, page: 1, size: 20 },
          },
        },
        400: { description: 'A filter or page that does not exist' },
        ...refusals,
      },
      async handle({ actor, query }) {
        admitAdmin(actor)
        presence.touch(actor.uid)
        return { status: 200, body: await listConversations(known, actor, query) }
      },
    }),
    defineRoute({
      ...base,
      method: 'get',
      path: '/conversations/{conversation_id}',
      summary: 'Get a conversation',
      params,
      replies: {
        200: { description: 'The conversation', schema: ConversationsResponse, example: conversationExample },
        404: { description: 'Conversation not found, or not the caller’s to read' },
        ...refusals,
      },
      async handle({ actor, params: { conversation_id } }) {
        admitAdmin(actor)
        const { id, stored, data } = await findConversation(
          known,
          actor,
          conversation_id,
          'conversation.read',
        )
        return { status: 200, body: await showStored(id, stored, data, directory) }
      },
    }),
    defineRoute({
      ...base,
      method: 'post',
      path: '/conversations',
      summary: 'Create a conversation',
      body,
      replies: {
        201: {
          description: 'The conversation as it was created',
          schema: ConversationsResponse,
          example: conversationExample,
        },
        ...refusals,
      },
      async handle({ actor, body }) {
        admitAdmin(actor)
        const as = { action: 'conversation.create', id: (made: ConversationsResponse) => made.id } as const
        const made = await noteChange(deps, actor, as, () => createConversation(known, actor, body))
        return { status: 201, body: made }
      },
    }),
    defineRoute({
      ...base,
      method: 'put',
      path: '/conversations/{conversation_id}',
      summary: 'Update a conversation',
      description:
        'By its agent or their manager. Replaces what is said about it. Of an emergency call the type, the agent and ' +
        'the times are the call’s own and cannot be changed here.',
      params,
      body,
      replies: {
        200: {
          description: 'The conversation as it is now',
          schema: ConversationsResponse,
          example: conversationExample,
        },
        424: { description: 'Unable to update the conversation; nothing was changed' },
        ...refusals,
      },
      async handle({ actor, body, params: { conversation_id } }) {
        admitAdmin(actor)
        const as = { action: 'conversation.change', id: conversation_id } as const
        const changed = await noteChange(deps, actor, as, () =>
          updateConversation(known, actor, conversation_id, body),
        )
        return { status: 200, body: changed }
      },
    }),
    defineRoute({
      ...base,
      method: 'delete',
      path: '/conversations/{conversation_id}',
      summary: 'Delete a conversation',
      description:
        'By its agent or their manager, with its messages and insights. The conversations of emergency calls are kept.',
      params,
      replies: {
        200: { description: 'It is deleted', schema: DeletedReply, example: { message: 'success' } },
        403: { description: 'The caller may read it, but not delete it' },
        404: { description: 'Conversation not found, or not the caller’s to read' },
        409: { description: 'It belongs to an emergency call' },
        ...refusals,
      },
      async handle({ actor, params: { conversation_id } }) {
        admitAdmin(actor)
        const as = { action: 'conversation.delete', id: conversation_id } as const
        await noteChange(deps, actor, as, () => deleteConversation(known, actor, conversation_id))
        return { status: 200, body: { message: 'success' } }
      },
    }),
  ]
}
