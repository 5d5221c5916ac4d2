import { z } from 'zod'
import type { Deps } from '../deps.ts'
import { Id } from '../platform/schema.ts'
import { type Route, defineRoute } from '../platform/route.ts'
import { chatErrors } from './errors.ts'
import { createIndexChat } from './index-chat.ts'
import { chatViewer } from './policy.ts'
import { readPage } from './read-chat.ts'
import {
  ChatPage,
  ChatPageQuery,
  PostChatsBody,
  PostChatsReply,
  UserChats,
  UserChatsQuery,
} from './schema.ts'
import { storeMessages } from './store-messages.ts'
import { readUserChats } from './user-chats.ts'

/** 500 messages of ordinary length fit many times; longer ones come in smaller batches. */
const BODY_LIMIT = 4 * 1_024 * 1_024

const common = { tags: ['chats'], access: 'sandbox', errors: chatErrors, limit: 'chats' } as const
const refusals = {
  401: { description: 'The token is not valid, or there is none where one is needed' },
  503: { description: 'A database does not answer; `Retry-After` says when to try again' },
} as const
const SANDBOX =
  'Without a token (local suite only) one sees and stores what everybody without a token does, and nothing else.'

/** Spec 2, storing and reading chats. */
export function chatRoutes(deps: Deps): Route[] {
  const indexChat = createIndexChat(deps)
  return [
    defineRoute({
      ...common,
      method: 'post',
      path: '/chats',
      summary: 'Store chat messages',
      description:
        'Stores a batch, all of it or nothing, after what the conversation holds already. A message with a ' +
        '`client_message_id` is stored once per user and conversation however often it is sent; `inserted_count` says ' +
        `how many were new. Conversation ids are each company’s own. ${SANDBOX}`,
      body: {
        schema: PostChatsBody,
        limit: BODY_LIMIT,
        example: {
          conversation_id: 'meeting_123',
          user_id: 'john_doe',
          messages: [
            { content: 'Hello team!', timestamp: '2023-01-01T09:00:00' },
            { content: "Let's discuss the project", timestamp: '2023-01-01T09:01:00' },
          ],
        },
      },
      replies: {
        200: {
          description: 'Stored',
          schema: PostChatsReply,
          example: { status: 'success', inserted_count: 2, conversation_id: 'meeting_123' },
        },
        ...refusals,
        403: {
          description: 'A worker stores messages of their own only, and in no colleague’s conversation',
        },
        409: { description: 'A `client_message_id` was used for another message; nothing was stored' },
      },
      async handle({ body, actor }) {
        const inserted_count = await storeMessages({ ...deps, indexChat }, chatViewer(actor), body)
        return {
          status: 200,
          body: { status: 'success', inserted_count, conversation_id: body.conversation_id },
        }
      },
    }),
    defineRoute({
      ...common,
      method: 'get',
      path: '/chats/{conversation_id}',
      summary: 'Retrieve a conversation',
      description: `The messages in the order in which they were stored, a page at a time. ${SANDBOX}`,
      // Any text: an id that cannot exist is answered as one that does not (404).
      params: z.object({ conversation_id: z.string() }),
      query: ChatPageQuery,
      replies: {
        200: {
          description: 'One page',
          schema: ChatPage,
          example: {
            conversation_id: 'conv_12345',
            messages: [
              {
                content: 'Hello there!',
                timestamp: '2023-01-01T12:00:00',
                user_id: 'user_1',
                message_id: 'msg_0000000000',
              },
            ],
            page: 1,
            total_pages: 3,
          },
        },
        ...refusals,
        404: { description: 'There is no such conversation, or it is not for the caller to see' },
      },
      async handle({ params, query, actor }) {
        return { status: 200, body: await readPage(deps, chatViewer(actor), params.conversation_id, query) }
      },
    }),
    defineRoute({
      ...common,
      method: 'get',
      path: '/users/{user_id}/chats',
      summary: 'Get a user’s history',
      description:
        'The conversations in which a user has written, the latest first. The dates are compared with each ' +
        `conversation’s last message; times without an offset are UTC. ${SANDBOX}`,
      params: z.object({ user_id: Id }),
      query: UserChatsQuery,
      replies: {
        200: {
          description: 'One page',
          schema: UserChats,
          example: {
            user_id: 'user_1',
            conversations: [
              {
                conversation_id: 'conv_12345',
                last_message: 'Hello there!',
                timestamp: '2023-01-01T12:00:00',
              },
            ],
            total_conversations: 15,
            page: 1,
          },
        },
        ...refusals,
        403: { description: 'A worker lists conversations of their own only' },
      },
      async handle({ params, query, actor }) {
        return { status: 200, body: await readUserChats(deps, chatViewer(actor), params.user_id, query) }
      },
    }),
  ]
}
