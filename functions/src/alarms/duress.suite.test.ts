import { ServerValue } from 'firebase-admin/database'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { changeCall, messageRecord, startCall, write } from '../conversations/testing/calls.ts'
import type { CallFixture } from '../conversations/testing/calls.ts'
import type { LiveServer } from '../conversations/testing/live-server.ts'
import type { ManualClock } from '../platform/testing/manual-clock.ts'
import { allSweeps } from '../sweeps.ts'
import { proveWord } from './duress-proof.ts'
import { sweepAlarms } from './sweep-alarms.ts'
import { alarmsIn, questionIn, startAlarmServer, storedCall } from './testing/alarm-server.ts'
import { judgeMessage } from './duress-messages.ts'
import { setDuressWord } from './duress.ts'

let server: LiveServer
let clock: ManualClock
beforeEach(async () => {
  ;({ server, clock } = await startAlarmServer())
})
afterEach(() => server.close())

const watchDeps = () => ({ ...server.deps, directory: server.live.directory })
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

describe('duress', () => {
  const WORD = 'Green  Lantern'
  const given = async (call: CallFixture, word: string): Promise<string> =>
    await proveWord(word, call.workerId)
  const withWord = async (call: object = {}): Promise<CallFixture> => {
    const started = await begin({ ...held, urgency: 'LOW', ...call })
    await setDuressWord(server.deps, started.workerId, await given(started, WORD))
    return started
  }

  test('the word in an answer raises one alarm for everybody, the call to CRITICAL, and is not kept', async () => {
    const call = await withWord({ urgency: 'CRITICAL' })
    clock.advance(61_000)
    await sweepAlarms(server.deps)
    await changeCall(server, call, { urgency: 'LOW' })
    await answer(call, await given(call, ' green lantern'))
    await sweepAtOnce()
    await sweepAtOnce()
    expect(await alarmsIn(server)).toMatchObject([
      { kind: 'duress', audience: 'company', urgency: 'CRITICAL' },
    ])
    expect((await storedCall(server, call))[1].urgency).toBe('CRITICAL')
    const everything = JSON.stringify([
      (await server.device.database.ref().get()).val(),
      await alarmsIn(server),
      server.logs,
    ])
    expect(everything).not.toContain(await given(call, WORD))
    expect(everything.toLowerCase()).not.toContain('lantern')
  })

  test('another word is an ordinary answer', async () => {
    const call = await withWord({ urgency: 'CRITICAL' })
    clock.advance(61_000)
    await sweepAlarms(server.deps)
    await answer(call, await given(call, 'green lamp'))
    await sweepAtOnce()
    expect(await kinds()).toEqual([])
  })

  test('the word at the end of a call leaves it open; another one ends it', async () => {
    const [duress, ordinary] = [await withWord(), await withWord()]
    for (const [call, word] of [
      [duress, WORD],
      [ordinary, 'bye then'],
    ] as const) {
      await changeCall(server, call, { end_asked: { at: clock.now(), proof: await given(call, word) } })
    }
    await sweepAtOnce()
    expect((await storedCall(server, duress))[1]).toMatchObject({
      status: 'ACTIVE',
      urgency: 'CRITICAL',
      end_asked: { at: clock.now() },
    })
    expect((await storedCall(server, duress))[1].end_asked).not.toHaveProperty('proof')
    expect((await storedCall(server, ordinary))[1]).toMatchObject({
      status: 'ENDED',
      ended_by: ordinary.workerId,
    })
    expect((await storedCall(server, ordinary))[1]).not.toHaveProperty('end_asked')
    expect((await alarmsIn(server)).map(({ call_id }) => call_id)).toEqual([duress.callId])
    // Whose page says that the call has ended is asked nothing more.
    clock.advance(1_000_000)
    await sweepAtOnce()
    expect(await questionIn(server, duress)).toBeNull()
  })

  test.each([
    ['the word alone', 'GREEN lantern ', 'user', 'duress'],
    ['a sentence with the word in it', 'I see a green lantern', 'user', 'ordinary'],
    ['the word by an admin', 'green lantern', 'admin', 'ordinary'],
  ])('a message that is %s: %s by %s is %s', async (_, content, role, expected) => {
    const call = await withWord()
    const message = {
      conversationId: call.conversationId,
      messageId: 'msg_1',
      stored: messageRecord(content, { role }),
    }
    const outcomes = await Promise.all([
      judgeMessage(watchDeps(), message),
      judgeMessage(watchDeps(), message),
    ])
    expect(outcomes).toEqual([expected, expected])
    expect(await kinds()).toEqual(expected === 'duress' ? ['duress'] : [])
  })

  test('a message that no trigger saw is judged by the sweep, once, and read no more', async () => {
    const call = await withWord()
    await write(server, call, 'msg_1', { content: 'Where is the kit?', received_at: clock.now() })
    await write(server, call, 'msg_2', { content: 'green LANTERN', received_at: clock.now() + 1 })
    await changeCall(server, call, { last_message_at: clock.now() + 1 })
    await sweepAtOnce()
    expect(await kinds()).toEqual(['duress'])
    expect((await storedCall(server, call))[1].urgency).toBe('CRITICAL')
    clock.advance(10_000)
    await sweepAtOnce()
    const judged = (await storedCall(server, call))[1].judged_to ?? 0
    expect(judged).toBe(clock.now() - 9_999)
    // A person may have set another urgency since.
    await changeCall(server, call, { urgency: 'LOW' })
    await write(server, call, 'msg_3', { content: 'Thanks', received_at: clock.now() })
    await changeCall(server, call, { last_message_at: clock.now() })
    clock.advance(10_000)
    await sweepAtOnce()
    expect((await storedCall(server, call))[1]).toMatchObject({
      urgency: 'LOW',
      judged_to: clock.now() - 10_000,
    })
    expect(await kinds()).toEqual(['duress'])
  })

  test('a trigger and the sweep that see the same message raise one alarm', async () => {
    const call = await withWord()
    const stored = messageRecord('green lantern', { received_at: clock.now() })
    await write(server, call, 'msg_1', stored)
    const message = { conversationId: call.conversationId, messageId: 'msg_1', stored }
    await Promise.all([sweepAtOnce(), judgeMessage(watchDeps(), message), judgeMessage(watchDeps(), message)])
    expect(await kinds()).toEqual(['duress'])
  })

  test.each(['as a message', 'with the answer', 'with the end'])(
    'the word given %s moments before the call has ended is not lost with the archive',
    async (how) => {
      const call = await withWord()
      const proof = await given(call, WORD)
      if (how === 'as a message') {
        await write(server, call, 'msg_1', { content: WORD, received_at: clock.now() })
      }
      if (how === 'with the answer') {
        await server.device.database.ref(`active_conversations/${call.conversationId}/check`).set({
          id: 'check_1',
          asked_at: clock.now(),
          answer_by: clock.now() + 1,
          answer: { check_id: 'check_1', at: clock.now(), proof },
        })
      }
      const ended = { status: 'ENDED', ended_at: clock.now(), ended_by: call.workerId }
      await changeCall(server, call, {
        ...ended,
        ...(how === 'with the end' && { end_asked: { at: clock.now(), proof } }),
      })
      const [sweepTheCalls] = allSweeps(server.deps)
      await sweepTheCalls?.()
      expect((await server.device.database.ref(`active_calls/${call.callId}`).get()).exists()).toBe(false)
      expect(await alarmsIn(server)).toMatchObject([{ kind: 'duress', call_id: call.callId, is_open: true }])
    },
  )
})
