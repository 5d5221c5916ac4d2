import { z } from 'zod'
import type { Live } from '../conversations/live.ts'
import type { Deps } from '../deps.ts'
import { type Route, defineRoute } from '../platform/route.ts'
import { summaryExample } from './examples.ts'
import { readSummary } from './read-summary.ts'
import { SummaryReply } from './schema.ts'

// Any text: an id that cannot exist is answered as one that does not (404).
const params = z.object({ conversation_id: z.string().meta({ example: summaryExample.conversation_id }) })

export function summaryRoutes(deps: Deps, live: Live): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/api/conversation/{conversation_id}/summary',
      summary: 'Get the summary of a conversation',
      description:
        'While the call is active the live summary, which follows its messages (`covers_up_to` says how far); after it ' +
        'has ended the final one of the whole transcript, which is also the hand-over note: the situation (`lines`), what ' +
        'was done, what is open, and what comes next. Each line names the messages that prove it. `summary` is null while ' +
        'there is none yet. The stream of the conversation tells of each new one (`summary`).',
      tags: ['summaries'],
      access: 'bearer',
      params,
      replies: {
        200: {
          description: 'The summary, or null',
          schema: SummaryReply,
          example: { success: true, summary: summaryExample },
        },
        401: { description: 'Invalid or missing authentication token' },
        403: { description: "Admin doesn't have access to this conversation" },
        404: { description: 'Conversation not found' },
        503: { description: 'A database does not answer; `Retry-After` says when to try again' },
      },
      async handle({ params, actor }) {
        live.presence.touch(actor.uid)
        const summary = await readSummary(deps, live, actor, params.conversation_id)
        return { status: 200, body: { success: true, summary } }
      },
    }),
  ]
}
