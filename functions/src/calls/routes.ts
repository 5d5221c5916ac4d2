import { refuseUnlessAllowed } from '../conversations/authorize.ts'
import type { Live } from '../conversations/live.ts'
import { decideBoard } from '../conversations/policy.ts'
import type { Deps } from '../deps.ts'
import { type Route, defineRoute } from '../platform/route.ts'
import { createLiveRooms } from '../streaming/live-rooms.ts'
import { serveStream } from '../streaming/serve-stream.ts'
import { openBoard } from './board.ts'
import { callsStreamExample, listedCallExample } from './examples.ts'
import { listAdmins } from './list-admins.ts'
import { listCalls } from './list-calls.ts'
import { AdminsReply, CallsQuery, CallsReply } from './schema.ts'

const tags = ['calls']
const refusals = {
  401: { description: 'Invalid or missing authentication token' },
  403: { description: 'The caller is not an admin' },
  500: { description: 'Server error' },
  503: { description: 'Live data is unavailable; `Retry-After` says when to try again' },
} as const

/** Calls as lists and as the live board, and the admins who hold them (DESIGN 4). */
export function callRoutes(deps: Deps, live: Live): Route[] {
  const { database, clock, log } = deps
  const { feeds, directory, health, lingerMs } = live
  const boards = createLiveRooms({
    open: (companyId: string, onBroken) =>
      openBoard({ database, clock, log, feeds, directory }, companyId, onBroken),
    clock,
    health,
    lingerMs,
  })
  return [
    defineRoute({
      method: 'get',
      path: '/api/calls',
      summary: 'List calls',
      description:
        'A page of the calls that the caller may see. Active ones come most urgent first, and within one urgency the ' +
        'longest-waiting first, unless `sort_by` (`urgency`, `timestamp`, `started_at`, `last_message`) and `sort_order` ' +
        'say otherwise; `status=ENDED` lists ended ones, the latest first. `urgency` takes one or several with commas ' +
        'between. `next_cursor` asks for the next page of the same list: what comes and goes meanwhile shifts nothing, ' +
        'and a page of ended calls may be short with more to come.',
      tags,
      access: 'bearer',
      query: CallsQuery,
      replies: {
        200: {
          description: 'The calls',
          schema: CallsReply,
          example: { success: true, calls: [listedCallExample], total: 1, next_cursor: null },
        },
        400: { description: 'A filter, an order or a cursor that does not exist' },
        ...refusals,
      },
      async handle({ actor, query }) {
        refuseUnlessAllowed(decideBoard(actor))
        live.presence.touch(actor.uid)
        const page = await listCalls(deps, live, actor, query)
        return { status: 200, body: { success: true, ...page } }
      },
    }),
    defineRoute({
      method: 'get',
      path: '/api/admins',
      summary: "List the admins of one's own company",
      description: 'By name: those to whom a call can be handed on, and of whom a console speaks.',
      tags,
      access: 'bearer',
      replies: {
        200: {
          description: 'The admins, the caller among them',
          schema: AdminsReply,
          example: {
            success: true,
            admins: [{ admin_id: 'admin_ben', name: 'Ben Okafor', role: 'agent' }],
          },
        },
        ...refusals,
      },
      async handle({ actor }) {
        refuseUnlessAllowed(decideBoard(actor))
        return { status: 200, body: { success: true, admins: await listAdmins(deps, actor.company_id) } }
      },
    }),
    defineRoute({
      method: 'get',
      path: '/api/calls/stream',
      summary: 'Stream the active calls',
      description:
        'Server-Sent Events: `initial` (all calls that the caller may see), `call_added`, `call_changed`, ' +
        '`call_removed` (ended, or no longer theirs to see), `typing` (the worker of a call is writing; lapses by ' +
        'itself), `heartbeat`, `reconnect` and `error`. `unread_count` says how many messages of the worker no admin has ' +
        'seen. A client that comes back begins with `initial` again.',
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
