import { randomBytes } from 'node:crypto'
import { acknowledge, close } from '../alarms/alarm-acts.ts'
import { alarmIdOf, changeAlarm, raiseAlarm } from '../alarms/store.ts'
import { ownerOf } from '../attachments/upload.ts'
import { archiveCall } from '../calls/archive-call.ts'
import { CallRecord } from '../calls/schema.ts'
import { type CallFixture, changeCall, messageRecord, startCall } from '../conversations/testing/calls.ts'
import type { LiveServer } from '../conversations/testing/live-server.ts'
import { insightsDocument } from '../insights/insight-store.ts'
import { mediaIdFor, storeMedia } from '../media/store.ts'
import { type Ids, MARK } from './ids.ts'

const HELD = { admin_id: 'ben', takeover: 1, taken_over_at: 1_000 }

/** A call of Acme with a message, an attachment of its worker's, a live summary and, where it is said so, insights. */
async function seedCall(
  server: LiveServer,
  call: object,
  { insights }: { insights: boolean },
): Promise<CallFixture & { ids: Ids }> {
  const fixture = await startCall(server, { call, messages: { m1: messageRecord(`Help ${MARK}`) } })
  const { conversationId, callId, workerId } = fixture
  const owner = ownerOf({ conversationId, call: await recordOf(server, fixture) })
  const media_id = mediaIdFor(owner, workerId, 'seeded')
  await storeMedia(server.deps, {
    id: media_id,
    owner,
    company_id: 'c_acme',
    by: workerId,
    source: 'seeded',
    prepared: {
      kind: 'image',
      content_type: 'image/jpeg',
      width: 1,
      height: 1,
      data: Buffer.from('a picture'),
    },
  })
  await server.device.database.ref(`live_summaries/${conversationId}`).set({
    content: JSON.stringify({ type: 'brief', lines: [{ text: MARK, evidence: ['m1'] }] }),
    model: 'm',
    is_fallback: false,
    covers_up_to: 'm1',
    covers_at: 1,
    covers_count: 1,
    updated_at: 1,
  })
  if (insights) {
    const times = { created_at: 1, updated_at: 1 }
    await insightsDocument(server.deps.firestore, conversationId).set({
      conversation_id: conversationId,
      insights: [{ insight: MARK }],
      ...times,
    })
  }
  const ids = {
    conversation_id: conversationId,
    call_id: callId,
    worker_id: workerId,
    media_id,
    admin_id: 'dan',
  }
  return { ...fixture, ids }
}

const recordOf = async ({ device }: LiveServer, { callId }: CallFixture): Promise<CallRecord> =>
  CallRecord.parse((await device.database.ref(`active_calls/${callId}`).get()).val())

const callSeed =
  (call: object, options = { insights: false }) =>
  async (server: LiveServer): Promise<Ids> =>
    (await seedCall(server, call, options)).ids

const archivedSeed =
  (options = { insights: false }) =>
  async (server: LiveServer): Promise<Ids> => {
    const call = await seedCall(server, HELD, options)
    await changeCall(server, call, { status: 'ENDED', ended_at: 5_000, ended_by: 'ben' })
    if ((await archiveCall(server.deps, call.callId)) !== 'archived')
      throw new Error('the call was not archived')
    return call.ids
  }

/** Every state in which a call may be. */
export const CALL_SEEDS = {
  unassigned: callSeed({}),
  held: callSeed(HELD),
  archived: archivedSeed(),
}

/** Calls about which insights are known. */
export const INSIGHT_SEEDS = {
  'held, with insights': callSeed(HELD, { insights: true }),
  'archived, with insights': archivedSeed({ insights: true }),
}

const alarmSeed =
  (call: object, state: 'raised' | 'acknowledged' | 'closed' = 'raised') =>
  async (server: LiveServer): Promise<Ids> => {
    const { deps, live } = server
    const known = { ...deps, directory: live.directory }
    const { ids, ...fixture } = await seedCall(server, call, { insights: false })
    const record = await recordOf(server, fixture)
    const cause = {
      callId: fixture.callId,
      call: record,
      kind: 'silence',
      cause: randomBytes(4).toString('hex'),
    } as const
    if (!(await raiseAlarm(known, cause))) throw new Error('no alarm was raised')
    const alarm_id = alarmIdOf(cause)
    const ben = { uid: 'ben', name: 'Ben' }
    if (state !== 'raised') await changeAlarm(deps, alarm_id, acknowledge(ben, 2_000))
    if (state === 'closed')
      await changeAlarm(deps, alarm_id, close(ben, { verdict: 'drill', note: MARK }, 3_000))
    return { ...ids, alarm_id }
  }

/** Every state in which an alarm may be. */
export const ALARM_SEEDS = {
  'an alarm for the holder': alarmSeed(HELD),
  'an alarm for the company': alarmSeed({}),
  'an alarm acknowledged': alarmSeed(HELD, 'acknowledged'),
  'an alarm closed': alarmSeed(HELD, 'closed'),
}
