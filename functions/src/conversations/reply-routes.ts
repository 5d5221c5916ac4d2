import { z } from 'zod'
import { AppError } from '../platform/errors.ts'
import { type Route, defineRoute } from '../platform/route.ts'
import { conversationExample, sentMessageExample } from './examples.ts'
import type { Live } from './live.ts'
import {
  MessageKey,
  PostMessageBody,
  PostMessageReply,
  SeenBody,
  SeenReply,
  TypingBody,
  TypingReply,
} from './schema.ts'

// Any text: an id that cannot exist is answered as one that does not (404).
const params = z.object({
  conversation_id: z.string().meta({ example: conversationExample.conversation.conversation_id }),
})

const tags = ['emergency conversation']
const refusals = {
  401: { description: 'Invalid or missing authentication token' },
  403: { description: 'The caller is not an admin' },
  404: { description: 'Conversation not found' },
  409: {
    description:
      'As the call stands this cannot be done; `details` holds `reason` (`not-the-holder`, `held-by-another`, ' +
      '`stale-lease`, `ended`), `holder` and `takeover`',
  },
  500: { description: 'Server error' },
  503: { description: 'Live data is unavailable; `Retry-After` says when to try again' },
} as const

/** The admin's side of a conversation (DESIGN 4, the future enhancements of spec 1). */
export function replyRoutes({ replies, presence }: Pick<Live, 'replies' | 'presence'>): Route[] {
  return [
    defineRoute({
      method: 'post',
      path: '/api/conversation/{conversation_id}/messages',
      summary: 'Send a message as the admin who holds the call',
      description:
        'Needs a key of the sender’s own choice, in the header `Idempotency-Key` or as `message_id` in the body: sent ' +
        'again under the same key, a message is stored once and answered alike, then with the header ' +
        '`Idempotency-Replayed: true`. Refused with 409 (`key-reused`) when the key was used for other words.',
      tags,
      access: 'bearer',
      params,
      body: {
        schema: PostMessageBody,
        example: { content: 'Are you safe where you are?', message_id: 'b7c1d8f2', lease: 1 },
      },
      replies: {
        201: {
          description: 'The message as it is stored',
          schema: PostMessageReply,
          example: { success: true, message: sentMessageExample },
        },
        ...refusals,
      },
      async handle({ params, body, actor, request }) {
        presence.touch(actor.uid)
        const key = keyOf(request.get('idempotency-key'), body)
        const outgoing = { ...body, key }
        const { message, replayed } = await replies.send(actor, params.conversation_id, outgoing)
        return {
          status: 201,
          body: { success: true, message },
          ...(replayed && { headers: { 'Idempotency-Replayed': 'true' } }),
        }
      },
    }),
    defineRoute({
      method: 'post',
      path: '/api/conversation/{conversation_id}/seen',
      summary: 'Say how far the caller has read',
      description:
        'The worker sees the mark of the admin who holds the call. One who only watches leaves a mark for the team, ' +
        'and none for the worker. A mark never goes back: an earlier message answers with the mark that stands.',
      tags,
      access: 'bearer',
      params,
      body: { schema: SeenBody, example: { message_id: 'msg_919325590143_20251003_115804_0002' } },
      replies: {
        200: {
          description: 'The mark that stands',
          schema: SeenReply,
          example: {
            success: true,
            seen: {
              uid: 'admin_ben',
              side: 'admin',
              message_id: 'msg_919325590143_20251003_115804_0002',
              seen_at: '2025-10-03T06:28:31.000Z',
            },
          },
        },
        ...refusals,
        403: { description: 'The caller may not read this conversation' },
        404: { description: 'Conversation or message not found' },
        409: { description: 'The call has ended' },
      },
      async handle({ params, body, actor }) {
        presence.touch(actor.uid)
        const seen = await replies.seen(actor, params.conversation_id, body.message_id)
        return { status: 200, body: { success: true, seen } }
      },
    }),
    defineRoute({
      method: 'post',
      path: '/api/conversation/{conversation_id}/typing',
      summary: 'Say that the caller is writing, or not any more',
      description:
        'Only the admin who holds the call. It holds for six seconds, so it is said again every few seconds for as ' +
        'long as it lasts; a message that is sent ends it.',
      tags,
      access: 'bearer',
      params,
      body: { schema: TypingBody, example: { typing: true } },
      replies: {
        200: { description: 'Taken in', schema: TypingReply, example: { success: true, typing: true } },
        ...refusals,
      },
      async handle({ params, body, actor }) {
        presence.touch(actor.uid)
        await replies.typing(actor, params.conversation_id, body)
        return { status: 200, body: { success: true, typing: body.typing } }
      },
    }),
  ]
}

/** @throws AppError `invalid-input` when there is no key, or two. */
function keyOf(header: string | undefined, { message_id: inBody }: PostMessageBody): string {
  if (header === undefined && inBody === undefined) {
    throw new AppError('invalid-input', 'Send the header Idempotency-Key, or message_id in the body')
  }
  if (header !== undefined && inBody !== undefined && header !== inBody) {
    throw new AppError('invalid-input', 'Idempotency-Key and message_id name different keys')
  }
  const key = MessageKey.safeParse(header ?? inBody)
  if (key.success) return key.data
  throw new AppError('invalid-input', 'Idempotency-Key: 1 to 128 printable ASCII characters without blanks')
}
