import { callActRoutes } from '../../calls/act-routes.ts'
import type { FoundCall } from '../../calls/lost-holders.ts'
import type { CallFixture } from '../../conversations/testing/calls.ts'
import { type LiveServer, startLiveServer } from '../../conversations/testing/live-server.ts'
import { conversationRoutes } from '../../conversations/routes.ts'
import { type ManualClock, manualClock } from '../../platform/testing/manual-clock.ts'
import { CallRecord } from '../../calls/schema.ts'
import { alarmRoutes } from '../routes.ts'
import { AlarmRecord } from '../schema.ts'

/** The alarms' routes on a real server, by a clock that the test moves. */
export async function startAlarmServer(): Promise<{ server: LiveServer; clock: ManualClock }> {
  const clock = manualClock(Date.now())
  const server = await startLiveServer(
    (deps, live) => [
      ...alarmRoutes(deps, live),
      ...callActRoutes(deps, live),
      ...conversationRoutes(deps, live),
    ],
    { clock },
  )
  return { server, clock }
}

/** Every alarm in the database, with its id, the first raised first. */
export async function alarmsIn({ device }: LiveServer): Promise<(AlarmRecord & { id: string })[]> {
  const { docs } = await device.firestore.collection('alarms').get()
  return docs
    .map((document) => ({ id: document.id, ...AlarmRecord.parse(document.data()) }))
    .toSorted((a, b) => a.raised_at - b.raised_at || (a.kind < b.kind ? -1 : 1))
}

export const storedCall = async ({ device }: LiveServer, { callId }: CallFixture): Promise<FoundCall> => [
  callId,
  CallRecord.parse((await device.database.ref(`active_calls/${callId}`).get()).val()),
]

/** The question in a conversation as it is stored. */
export const questionIn = async (
  { device }: LiveServer,
  { conversationId }: CallFixture,
): Promise<Record<string, unknown> | null> =>
  (await device.database.ref(`active_conversations/${conversationId}/check`).get()).val()
