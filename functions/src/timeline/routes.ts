import { z } from 'zod'
import { authorize } from '../conversations/authorize.ts'
import { conversationExample } from '../conversations/examples.ts'
import type { Live } from '../conversations/live.ts'
import { namesOf } from '../conversations/names.ts'
import { readRecord } from '../conversations/read-record.ts'
import type { Deps } from '../deps.ts'
import { type Route, defineRoute } from '../platform/route.ts'
import { composeTimeline, peopleIn } from './compose-timeline.ts'
import { TimelineReply } from './schema.ts'

// Any text: an id that cannot exist is answered as one that does not (404).
const params = z.object({
  conversation_id: z.string().meta({ example: conversationExample.conversation.conversation_id }),
})

/** What happened to the call of a conversation, for who may read it; active and archived. */
export function timelineRoutes(deps: Deps, { directory }: Pick<Live, 'directory'>): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/api/conversation/{conversation_id}/timeline',
      summary: 'What happened to the call of a conversation',
      description:
        'Takeovers, releases, offers to hand over, changes of urgency with their reasons, and the end: every one, ' +
        'earliest first, by the server’s clock.',
      tags: ['emergency conversation'],
      access: 'bearer',
      params,
      replies: {
        200: {
          description: 'The timeline',
          schema: TimelineReply,
          example: {
            success: true,
            timeline: [
              { kind: 'started', by: 'worker_919325590143', at: '2025-10-03T06:28:04.100Z' },
              { kind: 'taken-over', by: 'admin_ben', takeover: 1, at: '2025-10-03T06:28:31.000Z' },
            ],
            people: { worker_919325590143: 'Ravi Kumar', admin_ben: 'Ben Okafor' },
          },
        },
        401: { description: 'Invalid or missing authentication token' },
        403: { description: 'The caller may not read this conversation' },
        404: { description: 'Conversation not found' },
        503: { description: 'A database does not answer; `Retry-After` says when to try again' },
      },
      async handle({ actor, params }) {
        const options = { strangers: 'learn-nothing', as: 'conversation.timeline' } as const
        const found = await authorize({ ...deps, directory }, actor, params.conversation_id, 'read', options)
        const { call } = await readRecord(deps, found)
        const timeline = composeTimeline(call, found.call)
        const people = await namesOf(directory, found.call.worker_id, peopleIn(timeline))
        return { status: 200, body: { success: true, timeline, people } }
      },
    }),
  ]
}
