import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { changeCall, startCall } from '../conversations/testing/calls.ts'
import type { LiveServer } from '../conversations/testing/live-server.ts'
import type { ManualClock } from '../platform/testing/manual-clock.ts'
import type { Alarm } from './schema.ts'
import { sweepAlarms } from './sweep-alarms.ts'
import { type Cause, alarmIdOf, raiseAlarm } from './store.ts'
import { alarmsIn, startAlarmServer, storedCall } from './testing/alarm-server.ts'

let server: LiveServer
let clock: ManualClock
beforeAll(async () => {
  ;({ server, clock } = await startAlarmServer())
})
afterAll(() => server.close())
beforeEach(async () => {
  const { docs } = await server.device.firestore.collection('alarms').get()
  await Promise.all(docs.map(({ ref }) => ref.delete()))
})

const PEOPLE = {
  'the holder': () => server.token('ben', 'agent'),
  "the holder's manager": () => server.token('ava', 'manager'),
  'another agent': () => server.token('cleo', 'agent'),
  "an agent of nobody's": () => server.token('dan', 'agent'),
  'an admin without agents': () => server.token('eve', 'admin'),
  "another company's manager": () => server.token('gus', 'manager', { company: 'c_globex' }),
  'a worker': () => server.token('worker_1', 'worker'),
} as const
type Who = keyof typeof PEOPLE

/** An alarm of a call that Ben holds, unless said otherwise. */
async function raise(
  kind: Cause['kind'] = 'silence',
  call: object = { admin_id: 'ben', takeover: 1 },
): Promise<{ id: string; callId: string }> {
  const started = await startCall(server, { call })
  const [callId, record] = await storedCall(server, started)
  const cause = { callId, call: record, kind, cause: 'test' }
  expect(await raiseAlarm({ ...server.deps, directory: server.live.directory }, cause)).toBe(true)
  return { id: alarmIdOf(cause), callId }
}
const stored = async (id: string) => (await alarmsIn(server)).find((alarm) => alarm.id === id)
const act = (who: Who, id: string, name: string, body: unknown = {}) =>
  server.post(`/api/alarms/${id}/${name}`, PEOPLE[who](), body)
const listed = async (who: Who, query = ''): Promise<Alarm[]> =>
  (await server.get(`/api/alarms${query}`, PEOPLE[who]())).body.alarms as Alarm[]

const statuses = (answers: readonly { status: number }[]): number[] =>
  answers.map(({ status }) => status).toSorted((a, b) => a - b)

describe('who may see, acknowledge and close an alarm', () => {
  const everybody: Who[] = [
    'the holder',
    "the holder's manager",
    'another agent',
    "an agent of nobody's",
    'an admin without agents',
  ]
  test.each<[state: string, kind: Cause['kind'], call: object | undefined, change: object, allowed: Who[]]>([
    ['of a held call', 'silence', undefined, {}, ['the holder', "the holder's manager"]],
    [
      'of a held call that has ended',
      'silence',
      { admin_id: 'ben', takeover: 1, status: 'ENDED' },
      {},
      ['the holder', "the holder's manager"],
    ],
    ['that went further', 'silence', undefined, { audience: 'company' }, everybody],
    ['of duress', 'duress', undefined, {}, everybody],
    ['of a call that nobody holds', 'unassigned', {}, {}, everybody],
  ])('%s', async (_, kind, call, change, allowed) => {
    for (const who of Object.keys(PEOPLE) as Who[]) {
      const { id } = await raise(kind, call)
      await server.device.firestore.doc(`alarms/${id}`).set(change, { merge: true })
      const mayAct = allowed.includes(who)
      const refused = who === 'a worker' ? 403 : 404
      const list = await server.get('/api/alarms', PEOPLE[who]())
      expect([who, list.status]).toEqual([who, who === 'a worker' ? 403 : 200])
      const ids = ((list.body.alarms ?? []) as Alarm[]).map(({ alarm_id }) => alarm_id)
      expect([who, ids.includes(id)]).toEqual([who, mayAct])
      const stream = await server.open('/api/alarms/stream', PEOPLE[who]())
      const first = who === 'a worker' ? undefined : (await stream.next('initial')).data.alarms
      const seen = ((first ?? []) as Alarm[]).map(({ alarm_id }) => alarm_id)
      expect([who, stream.status, seen.includes(id)]).toEqual([who, who === 'a worker' ? 403 : 200, mayAct])
      stream.close()
      expect([who, (await act(who, id, 'acknowledge')).status]).toEqual([who, mayAct ? 200 : refused])
      expect([who, (await act(who, id, 'verdict', { verdict: 'drill' })).status]).toEqual([
        who,
        mayAct ? 200 : refused,
      ])
      expect((await stored(id))?.state).toBe(mayAct ? 'closed' : 'raised')
    }
  })

  test('nobody without a token', async () => {
    expect((await server.get('/api/alarms')).status).toBe(401)
  })
})

describe('acknowledging', () => {
  test('of ten who do it at once one has done it, and the others are told who', async () => {
    const { id } = await raise('duress')
    const people = Array.from({ length: 10 }, (_, each) => server.token(`admin_${each}`, 'agent'))
    const answers = await Promise.all(
      people.map((token) => server.post(`/api/alarms/${id}/acknowledge`, token, {})),
    )
    expect(statuses(answers)).toEqual([200, ...Array<number>(9).fill(409)])
    const winner = (await stored(id))?.acknowledged?.by
    expect(answers.filter(({ status }) => status === 409).map(({ body }) => body.error)).toMatchObject(
      Array.from({ length: 9 }, () => ({
        message: `${winner} has acknowledged this alarm.`,
        details: { reason: 'already-acknowledged', by: { admin_id: winner } },
      })),
    )
    const again = await server.post(
      `/api/alarms/${id}/acknowledge`,
      people[Number(winner?.slice(-1))] ?? '',
      {},
    )
    expect(again.status).toBe(200)
    expect((await stored(id))?.history.map(({ what }) => what)).toEqual(['raised', 'acknowledged'])
  })

  test('leaves the alarm open until its verdict, of which there is one', async () => {
    const { id } = await raise()
    await act('the holder', id, 'acknowledge')
    expect(await listed('the holder', '?open=true')).toMatchObject([{ state: 'acknowledged' }])
    const answers = await Promise.all([
      act('the holder', id, 'verdict', { verdict: 'worker-safe', note: 'Heard him' }),
      act("the holder's manager", id, 'verdict', { verdict: 'help-sent' }),
    ])
    expect(statuses(answers)).toEqual([200, 409])
    const alarm = await stored(id)
    expect(alarm).toMatchObject({ state: 'closed', is_open: false, verdict: { by: expect.any(String) } })
    expect(await listed('the holder', '?open=true')).toEqual([])
    expect(await listed('the holder', '?open=false')).toMatchObject([{ alarm_id: id, state: 'closed' }])
    const { verdict = null, note = '', by = '' } = alarm?.verdict ?? {}
    const winner: Who = by === 'ben' ? 'the holder' : "the holder's manager"
    expect((await act(winner, id, 'verdict', { verdict, note })).status).toBe(200)
    expect((await act(winner, id, 'verdict', { verdict: 'drill' })).status).toBe(409)
    expect((await stored(id))?.history).toEqual(alarm?.history)
  })
})

test('a call with an open alarm is ended only after its verdict', async () => {
  const { id, callId } = await raise()
  const end = () => server.send('POST', `/api/calls/${callId}/end`, PEOPLE['the holder']())
  expect(await end()).toMatchObject({
    status: 409,
    body: { error: { details: { reason: 'open-alarms', alarms: [{ alarm_id: id, kind: 'silence' }] } } },
  })
  // Who may not know of the call learns nothing.
  const gus = await server.send('POST', `/api/calls/${callId}/end`, PEOPLE["another company's manager"]())
  expect(gus.status).toBe(404)
  const cleo = await server.send('POST', `/api/calls/${callId}/end`, PEOPLE['another agent']())
  expect(cleo).toMatchObject({ status: 409, body: { error: { details: { reason: 'held-by-another' } } } })
  await act('the holder', id, 'verdict', { verdict: 'false-alarm' })
  expect((await end()).status).toBe(200)
  expect((await end()).status).toBe(200)
})

test('the stream tells of what is raised, changes and closes, with one listener for all readers', async () => {
  const [ben, cleo] = await Promise.all([
    server.open('/api/alarms/stream', PEOPLE['the holder']()),
    server.open('/api/alarms/stream', PEOPLE['another agent']()),
  ])
  await Promise.all([ben.next('initial'), cleo.next('initial')])
  const { id } = await raise()
  expect((await ben.next('alarm_raised')).data).toMatchObject({ alarm_id: id, kind: 'silence' })
  await server.device.firestore.doc(`alarms/${id}`).update({ audience: 'company', level: 2 })
  expect((await ben.next('alarm_changed')).data).toMatchObject({ level: 2 })
  expect((await cleo.next('alarm_raised')).data).toMatchObject({ alarm_id: id, level: 2 })
  await act('another agent', id, 'verdict', { verdict: 'drill' })
  expect((await ben.next('alarm_removed')).data).toEqual({ alarm_id: id })
  expect((await cleo.next('alarm_removed')).data).toEqual({ alarm_id: id })
  ben.close()
  cleo.close()
})

test('lists page by page, latest first', async () => {
  const ids: string[] = []
  for (let at = 0; at < 5; at += 1) {
    ids.unshift((await raise('duress')).id)
    clock.advance(1_000)
  }
  const seen: string[] = []
  for (let cursor: string | null = ''; cursor !== null;) {
    const from: string = cursor === '' ? '' : `&cursor=${cursor}`
    const { body } = await server.get(`/api/alarms?limit=2&kind=duress${from}`, PEOPLE['another agent']())
    seen.push(...(body.alarms as Alarm[]).map(({ alarm_id }) => alarm_id))
    cursor = body.next_cursor as string | null
  }
  expect(seen).toEqual(ids)
})

describe('bad input', () => {
  test.each([
    '?kind=fire',
    '?open=maybe',
    '?limit=0',
    '?limit=101',
    '?cursor=%00',
    '?cursor=W10',
    '?cursor=bm8',
  ])('GET /api/alarms%s is refused', async (query) => {
    expect((await server.get(`/api/alarms${query}`, PEOPLE['the holder']())).status).toBe(400)
  })
  test.each([
    {},
    { verdict: 'fine' },
    { verdict: 'other' },
    { verdict: 'other', note: '   ' },
    { verdict: 'drill', note: 'x'.repeat(1_001) },
    { verdict: 'drill', note: 7 },
    '[',
  ])('the verdict %j is refused and changes nothing', async (body) => {
    const { id } = await raise()
    expect((await act('the holder', id, 'verdict', body)).status).toBe(400)
    expect((await stored(id))?.state).toBe('raised')
  })
  test.each(['no', 'alarm_0f3c2f6f0a2d4b1f9d0c7f5f1b8f4a11', 'alarm_%2f'])(
    'an alarm %s is unknown',
    async (id) => {
      expect((await act('the holder', id, 'acknowledge')).status).toBe(404)
    },
  )
  test.each([
    ['a worker', { proof: 'ab'.repeat(32) }, 200],
    ['a worker', { proof: 'word' }, 400],
    ['a worker', { word: 'word' }, 400],
    ['the holder', { proof: 'ab'.repeat(32) }, 403],
  ] as const)('%s sets the duress word %j: %i', async (who, body, status) => {
    const response = await fetch(`${server.origin}/api/workers/me/duress-word`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${PEOPLE[who]()}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    expect(response.status).toBe(status)
  })
})

test('follows the call to its next holder', async () => {
  const { id, callId } = await raise()
  await changeCall(server, { callId, conversationId: '', workerId: '' }, { admin_id: 'cleo' })
  await sweepAlarms(server.deps)
  expect((await listed('another agent')).map(({ alarm_id }) => alarm_id)).toEqual([id])
  expect(await listed('the holder')).toEqual([])
})
