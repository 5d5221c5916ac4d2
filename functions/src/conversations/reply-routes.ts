import { z } from 'zod'
import type { Deps } from '../deps.ts'
import { AppError } from '../platform/errors.ts'
import { type Route, defineRoute } from '../platform/route.ts'
import { conversationExample, sentMessageExample } from './examples.ts'
import type { Live } from './live.ts'
import { MessageKey, PostMessageBody, PostMessageReply } from './schema.ts'
import { sendMessage } from './send-message.ts'

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
export function replyRoutes(deps: Deps, live: Live): Route[] {
  const { directory } = live
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
        const key = keyOf(request.get('idempotency-key'), body)
        const { message, replayed } = await sendMessage(
          { ...deps, directory },
          actor,
          params.conversation_id,
          {
            ...body,
            key,
          },
        )
        return {
          status: 201,
          body: { success: true, message },
          ...(replayed && { headers: { 'Idempotency-Replayed': 'true' } }),
        }
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
