import { z } from 'zod'
import { refuseUnlessAllowed } from '../conversations/authorize.ts'
import type { Live } from '../conversations/live.ts'
import { decideBoard } from '../conversations/policy.ts'
import type { Deps } from '../deps.ts'
import { AppError } from '../platform/errors.ts'
import { type Route, defineRoute } from '../platform/route.ts'
import { createLiveRooms } from '../streaming/live-rooms.ts'
import { serveStream } from '../streaming/serve-stream.ts'
import { actOnAlarm } from './act-on-alarm.ts'
import { acknowledge, close } from './alarm-acts.ts'
import { openAlarmBoard } from './alarm-board.ts'
import { setDuressWord } from './duress.ts'
import { acknowledgedExample, alarmExample, alarmsStreamExample, closedExample } from './examples.ts'
import { listAlarms } from './list-alarms.ts'
import {
  AcknowledgeBody,
  AlarmReply,
  AlarmsEvents,
  AlarmsQuery,
  AlarmsReply,
  DuressWordBody,
  DuressWordReply,
  VerdictBody,
} from './schema.ts'

const tags = ['alarms']
const params = z.object({ alarm_id: z.string().meta({ example: alarmExample.alarm_id }) })
const refusals = {
  401: { description: 'Invalid or missing authentication token' },
  403: { description: 'The caller is not an admin' },
  503: { description: 'The database does not answer; `Retry-After` says when to try again' },
} as const
const actRefusals = {
  400: { description: 'The body is not as described' },
  ...refusals,
  404: { description: 'No such alarm, or none that the caller may see' },
  409: {
    description:
      'Somebody else was faster: `details` has `reason` (`already-acknowledged`, `already-closed`) and who, `by`',
    example: {
      success: false,
      error: {
        code: 'conflict',
        message: 'Ben Okafor has acknowledged this alarm.',
        timestamp: '2025-10-03T06:30:10.000Z',
        details: { reason: 'already-acknowledged', by: { admin_id: 'admin_ben', name: 'Ben Okafor' } },
      },
    },
  },
} as const

/** Alarms (who may see which: `policy.ts`), and the word with which a worker raises one in silence. */
export function alarmRoutes(deps: Deps, live: Live): Route[] {
  const { directory, health, lingerMs, presence } = live
  const alarmDeps = { ...deps, directory }
  const boards = createLiveRooms({
    open: (companyId: string, onBroken) => openAlarmBoard(alarmDeps, companyId, onBroken),
    clock: deps.clock,
    health,
    lingerMs,
  })
  return [
    defineRoute({
      method: 'get',
      path: '/api/alarms',
      summary: 'List alarms, open and past',
      description: 'The alarms that the caller may see, latest first.',
      tags,
      access: 'bearer',
      query: AlarmsQuery,
      replies: {
        200: {
          description: 'The alarms',
          schema: AlarmsReply,
          example: { success: true, alarms: [alarmExample], next_cursor: null },
        },
        400: { description: 'A filter that does not exist, or a cursor that is none' },
        ...refusals,
      },
      async handle({ actor, query }) {
        refuseUnlessAllowed(decideBoard(actor))
        presence.touch(actor.uid)
        return { status: 200, body: { success: true, ...(await listAlarms(alarmDeps, actor, query)) } }
      },
    }),
    defineRoute({
      method: 'get',
      path: '/api/alarms/stream',
      summary: 'Stream the open alarms',
      description:
        'Server-Sent Events: `initial` (all open alarms that the caller may see), `alarm_raised`, `alarm_changed`, ' +
        '`alarm_removed` (closed, or no longer theirs to see), `heartbeat`, `reconnect` and `error`. A client that ' +
        'comes back begins with `initial` again.',
      tags,
      access: 'bearer',
      replies: {
        200: {
          description: 'An open stream',
          contentType: 'text/event-stream',
          example: alarmsStreamExample,
          events: AlarmsEvents,
        },
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
    defineRoute({
      method: 'post',
      path: '/api/alarms/{alarm_id}/acknowledge',
      summary: 'Acknowledge an alarm',
      description:
        'It no longer repeats, and stays open until it gets a verdict. Of two who try at once one does it, and the ' +
        'other is told who (409). Acknowledging again what one has acknowledged changes nothing.',
      tags,
      access: 'bearer',
      params,
      body: { schema: AcknowledgeBody, optional: true },
      replies: {
        200: {
          description: 'The alarm',
          schema: AlarmReply,
          example: { success: true, alarm: acknowledgedExample },
        },
        ...actRefusals,
      },
      async handle({ actor, params: { alarm_id } }) {
        refuseUnlessAllowed(decideBoard(actor))
        const alarm = await actOnAlarm(alarmDeps, actor, alarm_id, acknowledge, {
          action: 'alarm.acknowledge',
        })
        return { status: 200, body: { success: true, alarm } }
      },
    }),
    defineRoute({
      method: 'post',
      path: '/api/alarms/{alarm_id}/verdict',
      summary: 'Close an alarm with a verdict',
      description:
        'What it was, with a note where it was something `other`. Acknowledges the alarm where nobody has. The same ' +
        'verdict given again by the same person changes nothing.',
      tags,
      access: 'bearer',
      params,
      body: { schema: VerdictBody, example: { verdict: 'worker-safe', note: 'Spoke to him.' } },
      replies: {
        200: {
          description: 'The alarm, closed',
          schema: AlarmReply,
          example: { success: true, alarm: closedExample },
        },
        ...actRefusals,
      },
      async handle({ actor, params: { alarm_id }, body }) {
        refuseUnlessAllowed(decideBoard(actor))
        const act = (person: Parameters<typeof close>[0], at: number) => close(person, body, at)
        const audited = { action: 'alarm.close', verdict: body.verdict } as const
        const alarm = await actOnAlarm(alarmDeps, actor, alarm_id, act, audited)
        return { status: 200, body: { success: true, alarm } }
      },
    }),
    defineRoute({
      method: 'put',
      path: '/api/workers/me/duress-word',
      summary: "Set the caller's duress word",
      description:
        'By a worker. `proof` is derived on the phone (PBKDF2) from the word, which leaves it in no form that could be ' +
        'read. Whether a word is set is told to nobody.',
      tags,
      access: 'bearer',
      body: { schema: DuressWordBody, example: { proof: '5f'.repeat(32) } },
      replies: {
        200: { description: 'It is set', schema: DuressWordReply, example: { success: true } },
        400: { description: 'The body is not as described' },
        401: refusals[401],
        403: { description: 'The caller is no worker' },
        503: refusals[503],
      },
      async handle({ actor, body: { proof } }) {
        if (actor.role !== 'worker') throw new AppError('forbidden', 'Only workers have a duress word')
        await setDuressWord(deps, actor.uid, proof)
        return { status: 200, body: { success: true } }
      },
    }),
  ]
}
