import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { ServerValue } from 'firebase-admin/database'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { changeCall, startCall, write } from '../conversations/testing/calls.ts'
import type { CallFixture } from '../conversations/testing/calls.ts'
import type { LiveServer } from '../conversations/testing/live-server.ts'
import type { ManualClock } from '../platform/testing/manual-clock.ts'
import { allSweeps } from '../sweeps.ts'
import { sweepAlarms } from './sweep-alarms.ts'
import { alarmsIn, questionIn, startAlarmServer, storedCall } from './testing/alarm-server.ts'
import type { WatchStep } from './watch-silence.ts'

let server: LiveServer
let clock: ManualClock
beforeEach(async () => {
  ;({ server, clock } = await startAlarmServer())
})
afterEach(() => server.close())

const held = { admin_id: 'ben', takeover: 1 }
const answer = async ({ conversationId }: CallFixture, proof?: string): Promise<void> => {
  const check = server.device.database.ref(`active_conversations/${conversationId}/check`)
  const id: unknown = (await check.child('id').get()).val()
  await check
    .child('answer')
    .set({ check_id: id, at: ServerValue.TIMESTAMP, ...(proof !== undefined && { proof }) })
}
/** A call that has just begun by the test's clock. */
const begin = (call: object): Promise<CallFixture> =>
  startCall(server, { call: { started_at: clock.now(), ...call } })
const kinds = async () => (await alarmsIn(server)).map(({ kind }) => kind)
/** Ten sweepers at the same moment. */
const sweepAtOnce = () => Promise.all(Array.from({ length: 10 }, () => sweepAlarms(server.deps)))
/** Three processes that do what every sweep begins with: they take what has ended into the archive. */
const sweepCallsAtOnce = () => Promise.all([1, 2, 3].map(async () => allSweeps(server.deps)[0]?.()))

describe('the watch over silence', () => {
  test('asks once and raises one alarm, however many sweep at once', async () => {
    const call = await begin({ ...held })
    await sweepAtOnce()
    expect(await questionIn(server, call)).toBeNull()
    clock.advance(61_000)
    const asked = await sweepAtOnce()
    expect(asked.reduce((sum, report) => sum + report.failed, 0)).toBe(0)
    const question = await questionIn(server, call)
    expect(question).toMatchObject({ id: expect.stringMatching(/^check_\d+$/), asked_at: clock.now() })
    clock.advance(44_000)
    await sweepAtOnce()
    expect(await questionIn(server, call)).toEqual(question)
    expect(await kinds()).toEqual([])
    clock.advance(2_000)
    await sweepAtOnce()
    await sweepAtOnce()
    expect(await alarmsIn(server)).toMatchObject([
      {
        kind: 'silence',
        state: 'raised',
        audience: 'holder',
        holder_id: 'ben',
        company_id: 'c_acme',
        level: 1,
      },
    ])
    expect(await questionIn(server, call)).toEqual(question)
  })

  test.each([
    ['CRITICAL', 60],
    ['HIGH', 120],
    ['MEDIUM', 300],
    ['LOW', 900],
  ])('waits as long as the urgency allows: %s, %i s', async (urgency, seconds) => {
    const call = await begin({ ...held, urgency })
    clock.advance((seconds - 5) * 1_000)
    await sweepAlarms(server.deps)
    expect(await questionIn(server, call)).toBeNull()
    clock.advance(6_000)
    await sweepAlarms(server.deps)
    expect(await questionIn(server, call)).not.toBeNull()
  })

  test('hears a message of the worker, and nothing in what the admin or the phone says', async () => {
    const call = await begin(held)
    await write(server, call, 'm_1', { received_at: clock.now() + 30_000 })
    clock.advance(61_000)
    await sweepAlarms(server.deps)
    expect(await questionIn(server, call)).toBeNull()
    await write(server, call, 'm_2', { role: 'admin', sender_id: 'ben', received_at: clock.now() })
    await changeCall(server, call, { last_message_at: clock.now() })
    await server.device.database
      .ref(`active_conversations/${call.conversationId}/presence/${call.workerId}`)
      .set({ last_seen: clock.now() })
    clock.advance(31_000)
    await sweepAlarms(server.deps)
    expect(await questionIn(server, call)).not.toBeNull()
  })

  test('raises nothing when the worker answers, and asks again after the next silence', async () => {
    const call = await begin(held)
    clock.advance(61_000)
    await sweepAlarms(server.deps)
    await answer(call)
    await changeAnswerTime(call)
    await sweepAtOnce()
    clock.advance(46_000)
    await sweepAtOnce()
    expect(await kinds()).toEqual([])
    expect(await questionIn(server, call)).toBeNull()
    clock.advance(20_000)
    await sweepAtOnce()
    expect(await questionIn(server, call)).toMatchObject({ asked_at: clock.now() })
  })

  test('notes on an open alarm that the worker was heard of, and leaves it open', async () => {
    const call = await begin(held)
    clock.advance(61_000)
    await sweepAlarms(server.deps)
    clock.advance(46_000)
    await sweepAlarms(server.deps)
    await write(server, call, 'm_late', { received_at: clock.now() })
    await sweepAtOnce()
    expect(await alarmsIn(server)).toMatchObject([{ is_open: true, heard_at: clock.now() }])
    expect(await questionIn(server, call)).toBeNull()
  })

  test.each<[WatchStep, string[]]>([
    ['noted', []],
    ['asked', []],
    ['raised', ['silence']],
  ])('a process that is killed at "%s" loses and doubles nothing', async (step, raised) => {
    const call = await begin(held)
    clock.advance(61_000)
    if (step === 'raised') {
      await sweepAlarms(server.deps)
      clock.advance(46_000)
    }
    const script = fileURLToPath(new URL('testing/watch-until.ts', import.meta.url))
    const child = spawn(process.execPath, [script, call.callId, step, String(clock.now())], {
      env: { ...process.env, WATCH_CONFIG: JSON.stringify(server.deps.config) },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const [said] = (await once(child.stdout, 'data')) as [Buffer]
    child.kill('SIGKILL')
    const [, signal] = await once(child, 'exit')
    expect([said.toString(), signal]).toEqual([`at ${step}\n`, 'SIGKILL'])
    expect(await kinds()).toEqual(raised)
    const before = await questionIn(server, call)
    expect(before === null).toBe(step === 'noted')
    // Whoever comes next goes on where it stopped: one question, and one alarm once its time is over.
    await sweepAtOnce()
    const question = await questionIn(server, call)
    expect(question).toEqual(before ?? { ...question, asked_at: clock.now() })
    clock.advance(46_000)
    await sweepAtOnce()
    await sweepAtOnce()
    expect(await kinds()).toEqual(['silence'])
    expect(await questionIn(server, call)).toEqual(question)
    expect(Object.keys((await storedCall(server, call))[1].alarmed ?? {})).toHaveLength(1)
  })

  test('tells the readers of the conversation of the question', async () => {
    const call = await begin(held)
    const stream = await server.open(
      `/api/conversation/${call.conversationId}/stream`,
      server.token('ben', 'agent'),
    )
    await stream.next('initial')
    clock.advance(61_000)
    await sweepAlarms(server.deps)
    expect((await stream.next('check')).data.check).toMatchObject({ answered_at: null })
    await answer(call)
    expect((await stream.next('check')).data.check).toMatchObject({ answered_at: expect.any(String) })
    stream.close()
  })
})

describe('other alarms', () => {
  test('a vanished holder and a critical call without one raise one each, and outlive the call', async () => {
    const call = await begin({
      released: { from: 'ben', takeover: 1, reason: 'holder-lost', at: clock.now() },
      takeover: 1,
    })
    await sweepAtOnce()
    expect(await kinds()).toEqual(['holder-lost'])
    clock.advance(91_000)
    await sweepAtOnce()
    expect((await kinds()).filter((kind) => kind === 'unassigned')).toHaveLength(1)
    await server.device.database.ref(`active_calls/${call.callId}`).remove()
    await sweepAtOnce()
    expect((await alarmsIn(server)).every(({ is_open }) => is_open)).toBe(true)
    await begin({ urgency: 'HIGH' })
    clock.advance(91_000)
    await sweepAtOnce()
    expect((await kinds()).filter((kind) => kind === 'unassigned')).toHaveLength(1)
  })

  test('a holder who was lost raises one even when the worker ends the call before any sweep has looked', async () => {
    const call = await begin({
      status: 'ENDED',
      ended_at: clock.now(),
      ended_by: 'worker_1',
      released: { from: 'ben', takeover: 1, reason: 'holder-lost', at: clock.now() },
      takeover: 1,
    })
    await sweepCallsAtOnce()
    expect((await server.device.database.ref(`active_calls/${call.callId}`).get()).exists()).toBe(false)
    expect(await alarmsIn(server)).toMatchObject([
      { kind: 'holder-lost', call_id: call.callId, audience: 'company', is_open: true },
    ])
  })

  test('a call that its worker ends while it is held raises none', async () => {
    await begin({ ...held, status: 'ENDED', ended_at: clock.now(), ended_by: 'worker_1' })
    await sweepCallsAtOnce()
    expect(await kinds()).toEqual([])
  })

  test('go from the holder to the whole company and get louder, until somebody acknowledges them', async () => {
    await begin(held)
    clock.advance(61_000)
    await sweepAlarms(server.deps)
    clock.advance(46_000)
    await sweepAlarms(server.deps)
    clock.advance(61_000)
    await sweepAtOnce()
    expect(await alarmsIn(server)).toMatchObject([{ level: 2, audience: 'company' }])
    const [{ id } = { id: '' }] = await alarmsIn(server)
    await server.post(`/api/alarms/${id}/acknowledge`, server.token('dan', 'agent'), {})
    clock.advance(61_000)
    await sweepAtOnce()
    expect(await alarmsIn(server)).toMatchObject([{ level: 2, state: 'acknowledged', is_open: true }])
  })
})

/** The database's time is the machine's; the test's clock is ahead of it. */
const changeAnswerTime = ({ conversationId }: CallFixture): Promise<void> =>
  server.device.database.ref(`active_conversations/${conversationId}/check/answer/at`).set(clock.now())
