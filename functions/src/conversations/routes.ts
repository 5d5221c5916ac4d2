import { z } from 'zod'
import type { Deps } from '../deps.ts'
import { type Route, defineRoute } from '../platform/route.ts'
import type { Live } from './live.ts'
import { GetConversationResponse } from './schema.ts'
import { readConversation } from './snapshot.ts'
import { conversationExample, conversationStreamExample } from './examples.ts'
import { streamConversation } from './stream.ts'

// Any text: an id that cannot exist is answered as one that does not (404).
const params = z.object({
  conversation_id: z.string().meta({ example: conversationExample.conversation.conversation_id }),
})

const tags = ['emergency conversation']
const refusals = {
  401: { description: 'Invalid or missing authentication token' },
  403: { description: "Admin doesn't have access to this conversation" },
  404: { description: 'Conversation or associated call not found' },
  500: { description: 'Server error' },
  503: { description: 'Live data is unavailable; `Retry-After` says when to try again' },
} as const

/** Spec 1. */
export function conversationRoutes(deps: Deps, live: Live): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/api/conversation/{conversation_id}',
      summary: 'Get a conversation snapshot',
      description:
        'The whole conversation with all its messages at the time of the request. An admin sees conversations whose ' +
        'call they took over, and those of unassigned calls from workers of their company; a manager also sees ' +
        'those that their own agents took over.',
      tags,
      access: 'bearer',
      params,
      replies: {
        200: {
          description: 'The conversation',
          schema: GetConversationResponse,
          example: conversationExample,
        },
        ...refusals,
      },
      async handle({ params, actor }) {
        live.presence.touch(actor.uid)
        return { status: 200, body: await readConversation(deps, live, actor, params.conversation_id) }
      },
    }),
    defineRoute({
      method: 'get',
      path: '/api/conversation/{conversation_id}/stream',
      summary: 'Stream a live conversation',
      description:
        'Server-Sent Events: `initial` (the whole conversation), `new_messages`, `call_changed`, `seen`, `typing`, ' +
        '`presence` (how long ago somebody was last heard of; never a promise that they are there), `heartbeat`, ' +
        '`reconnect` (come back after `retry_after_ms`), `ended` and `error`; the last two are final. Events with ' +
        'messages carry an `id`; sent back as `Last-Event-ID` it resumes after them, without a gap and with a repeat ' +
        'only within one millisecond.',
      tags,
      access: 'bearer',
      params,
      replies: {
        200: {
          description: 'An open stream',
          contentType: 'text/event-stream',
          example: conversationStreamExample,
        },
        ...refusals,
        429: { description: 'Too many open streams; `Retry-After` says when to try again' },
      },
      async handle({ params, actor, request, response, signal }) {
        const lastEventId = request.get('last-event-id')
        await streamConversation(deps, live, { actor, response, lastEventId, signal }, params.conversation_id)
      },
    }),
  ]
}
