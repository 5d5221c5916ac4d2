import { refuseUnlessAllowed } from '../conversations/authorize.ts'
import type { Live } from '../conversations/live.ts'
import { decideBoard } from '../conversations/policy.ts'
import type { Deps } from '../deps.ts'
import { type Route, defineRoute } from '../platform/route.ts'
import { createLiveRooms } from '../streaming/live-rooms.ts'
import { serveStream } from '../streaming/serve-stream.ts'
import { openBoard } from './board.ts'
import { callExample, callsStreamExample } from './examples.ts'
import { listCalls } from './list-calls.ts'
import { CallsQuery, CallsReply } from './schema.ts'

const tags = ['calls']
const refusals = {
  401: { description: 'Invalid or missing authentication token' },
  403: { description: 'The caller is not an admin' },
  500: { description: 'Server error' },
  503: { description: 'Live data is unavailable; `Retry-After` says when to try again' },
} as const

/** The board of active calls (DESIGN 4). */
export function callRoutes(deps: Deps, live: Live): Route[] {
  const { clock, log } = deps
  const { feeds, directory, health, lingerMs } = live
  const boards = createLiveRooms({
    open: (companyId: string, onBroken) => openBoard({ clock, log, feeds, directory }, companyId, onBroken),
    clock,
    health,
    lingerMs,
  })
  return [
    defineRoute({
      method: 'get',
      path: '/api/calls',
      summary: 'List the active calls',
      description:
        'The active calls that the caller may see: most urgent first, and within one urgency the longest-waiting first.',
      tags,
      access: 'bearer',
      query: CallsQuery,
      replies: {
        200: {
          description: 'The calls',
          schema: CallsReply,
          example: { success: true, calls: [callExample], total: 1 },
        },
        400: { description: 'A filter that does not exist' },
        ...refusals,
      },
      async handle({ actor, query }) {
        refuseUnlessAllowed(decideBoard(actor))
        live.presence.touch(actor.uid)
        const calls = await listCalls(deps, live, actor, query)
        return { status: 200, body: { success: true, calls, total: calls.length } }
      },
    }),
    defineRoute({
      method: 'get',
      path: '/api/calls/stream',
      summary: 'Stream the active calls',
      description:
        'Server-Sent Events: `initial` (all calls that the caller may see), `call_added`, `call_changed`, ' +
        '`call_removed` (ended, or no longer theirs to see), `heartbeat`, `reconnect` and `error`. A client that ' +
        'comes back begins with `initial` again.',
      tags,
      access: 'bearer',
      replies: {
        200: { description: 'An open stream', contentType: 'text/event-stream', example: callsStreamExample },
        ...refusals,
        429: { description: 'Too many open streams; `Retry-After` says when to try again' },
      },
      async handle({ actor, response, signal }) {
        refuseUnlessAllowed(decideBoard(actor))
        await serveStream(live, { actor, response, signal }, async (open) => {
          const board = await boards.join(actor.company_id, signal)
          await board.enter(actor, open)
        })
      },
    }),
  ]
}
