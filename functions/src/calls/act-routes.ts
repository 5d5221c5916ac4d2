import { z } from 'zod'
import { refuseOpenAlarms } from '../alarms/refuse-open-alarms.ts'
import type { Actor } from '../auth/actor.ts'
import { refuseUnlessAllowed } from '../conversations/authorize.ts'
import type { Live } from '../conversations/live.ts'
import { decideBoard } from '../conversations/policy.ts'
import type { Deps } from '../deps.ts'
import { AppError } from '../platform/errors.ts'
import { type Route, defineRoute } from '../platform/route.ts'
import { type ActRequest, actOnCall } from './act-on-call.ts'
import { callExample, heldCallExample } from './examples.ts'
import { acceptOffer, dropOffer, end, offer, release, setUrgency, takeOver } from './lifecycle.ts'
import {
  type Call,
  CallReply,
  EndBody,
  ReleaseBody,
  TakeoverBody,
  TransferAnswerBody,
  TransferBody,
  UrgencyBody,
} from './schema.ts'

const tags = ['calls']
// Any text: an id that cannot exist is answered as one that does not (404).
const params = z.object({ call_id: z.string().meta({ example: callExample.call_id }) })

const CONFLICT =
  'The call does not stand so: `details` has `reason` (`already-held`, `held-by-another`, `not-the-holder`, ' +
  '`not-offered`, `stale-lease`, `ended`), `holder` (`{admin_id, name}` or null) and the lease in force, `takeover`'
const conflictExample = {
  success: false,
  error: {
    code: 'conflict',
    message: 'Ben Okafor holds this call.',
    timestamp: '2025-10-03T06:28:05.000Z',
    details: { reason: 'already-held', holder: { admin_id: 'admin_ben', name: 'Ben Okafor' }, takeover: 1 },
  },
}

const replies = (description: string, example: Call) =>
  ({
    200: { description, schema: CallReply, example: { success: true, call: example } },
    400: { description: 'The body is not as described' },
    401: { description: 'Invalid or missing authentication token' },
    403: { description: 'The caller is not an admin' },
    404: { description: "No such call, or another company's" },
    409: { description: CONFLICT, example: conflictExample },
    503: { description: 'The database does not answer; `Retry-After` says when to try again' },
  }) as const

/** Taking calls over, handing them back or on, ending them, and changing their urgency (DESIGN 3 and 4). */
export function callActRoutes(
  deps: Deps,
  { directory, presence }: Pick<Live, 'directory' | 'presence'>,
): Route[] {
  const { config, clock } = deps
  /** Who is no admin learns nothing, not even which calls exist. */
  async function perform(request: ActRequest) {
    refuseUnlessAllowed(decideBoard(request.actor))
    presence.touch(request.actor.uid)
    const call = await actOnCall({ ...deps, directory }, request)
    return { status: 200, body: { success: true, call } } as const
  }
  const base = { tags, access: 'bearer', params } as const
  return [
    defineRoute({
      ...base,
      method: 'post',
      path: '/api/calls/{call_id}/takeover',
      summary: 'Take a call over',
      description:
        'Of several who try at once exactly one wins; the others get 409 with who holds it. Each takeover raises the ' +
        'lease number `takeover` by one. Taking over what one holds changes nothing.',
      body: { schema: TakeoverBody, optional: true },
      replies: replies('The call, held by the caller', heldCallExample),
      handle: ({ actor, params: { call_id } }) =>
        perform({ actor, callId: call_id, action: 'take-over', act: takeOver(actor.uid) }),
    }),
    defineRoute({
      ...base,
      method: 'post',
      path: '/api/calls/{call_id}/release',
      summary: 'Hand a call back',
      description: 'By its holder or the manager of its holder. The call is unassigned afterwards.',
      body: { schema: ReleaseBody, optional: true, example: { lease: 1 } },
      replies: replies('The call, held by nobody', callExample),
      handle: ({ actor, params: { call_id }, body: { lease } }) =>
        perform({ actor, callId: call_id, action: 'release', lease, act: release(actor.uid) }),
    }),
    defineRoute({
      ...base,
      method: 'post',
      path: '/api/calls/{call_id}/end',
      summary: 'End a call',
      description:
        'By its holder or the manager of its holder. Its conversation is archived soon afterwards. While an alarm of the ' +
        'call is open it is refused (409, `reason` `open-alarms`): the verdict comes first. Ending a call again ' +
        'changes nothing.',
      body: { schema: EndBody, optional: true, example: { lease: 1, reason: 'The worker is safe.' } },
      replies: replies('The call, ended', {
        ...heldCallExample,
        status: 'ENDED',
        ended_at: '2025-10-03T06:40:00.000Z',
        ended_by: 'admin_ben',
        end_reason: 'The worker is safe.',
      }),
      async handle({ actor, params: { call_id }, body: { lease, reason } }) {
        refuseUnlessAllowed(decideBoard(actor))
        await refuseOpenAlarms({ ...deps, directory }, actor, call_id)
        return await perform({ actor, callId: call_id, action: 'end', lease, act: end(actor.uid, reason) })
      },
    }),
    defineRoute({
      ...base,
      method: 'patch',
      path: '/api/calls/{call_id}',
      summary: 'Change the urgency of a call',
      description: 'By its holder, with a reason.',
      body: {
        schema: UrgencyBody,
        example: { urgency: 'HIGH', reason: 'He is on solid ground now.', lease: 1 },
      },
      replies: replies('The call with its urgency', { ...heldCallExample, urgency: 'HIGH' }),
      handle: ({ actor, params: { call_id }, body: { urgency, reason, lease } }) =>
        perform({
          actor,
          callId: call_id,
          action: 'set-urgency',
          lease,
          act: setUrgency(actor.uid, urgency, reason),
        }),
    }),
    defineRoute({
      ...base,
      method: 'post',
      path: '/api/calls/{call_id}/transfer',
      summary: 'Offer a call to another admin',
      description:
        'By its holder, to an admin of the same company, who may read the conversation while the offer stands. The ' +
        'holder keeps the call until the other accepts; unanswered, the offer lapses. A new offer replaces the old one.',
      body: { schema: TransferBody, example: { to: 'admin_cleo', lease: 1 } },
      replies: replies('The call with the offer', {
        ...heldCallExample,
        transfer: { to: 'admin_cleo', by: 'admin_ben', lapses_at: '2025-10-03T06:29:10.000Z' },
      }),
      async handle({ actor, params: { call_id }, body: { to, lease } }) {
        await refuseTarget(actor, to)
        const lapsesAt = clock.now() + config.transferSeconds * 1_000
        return await perform({
          actor,
          callId: call_id,
          action: 'transfer',
          lease,
          act: offer(actor.uid, to, lapsesAt),
        })
      },
    }),
    defineRoute({
      ...base,
      method: 'post',
      path: '/api/calls/{call_id}/transfer/accept',
      summary: 'Accept a call that was offered',
      description: 'By the admin to whom it was offered, who holds it from then on, under a new lease.',
      body: { schema: TransferAnswerBody, optional: true },
      replies: replies('The call, held by the caller', heldCallExample),
      handle: ({ actor, params: { call_id } }) =>
        perform({
          actor,
          callId: call_id,
          action: 'accept-transfer',
          act: acceptOffer(actor.uid, clock.now()),
        }),
    }),
    defineRoute({
      ...base,
      method: 'post',
      path: '/api/calls/{call_id}/transfer/decline',
      summary: 'Decline a call that was offered, or take the offer back',
      description: 'By the admin to whom it was offered, or by its holder. The holder keeps the call.',
      body: { schema: TransferAnswerBody, optional: true },
      replies: replies('The call without the offer', heldCallExample),
      handle: ({ actor, params: { call_id } }) =>
        perform({ actor, callId: call_id, action: 'decline-transfer', act: dropOffer }),
    }),
  ]

  async function refuseTarget(actor: Actor, to: string): Promise<void> {
    refuseUnlessAllowed(decideBoard(actor))
    const target = await directory.admin(to)
    if (target?.company_id !== actor.company_id) {
      throw new AppError('invalid-input', 'body.to: is no admin of your company')
    }
    if (to === actor.uid) throw new AppError('invalid-input', 'body.to: is yourself')
  }
}
