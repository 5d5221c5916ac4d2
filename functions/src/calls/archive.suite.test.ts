import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { digestOf, fromArchived } from '../conversations/archived-message.ts'
import type { ArchivedMessage } from '../conversations/archived-message.ts'
import { conversationRoutes } from '../conversations/routes.ts'
import {
  type CallFixture,
  changeCall,
  messageIds,
  messageRecord,
  startCall,
  write,
} from '../conversations/testing/calls.ts'
import { type LiveServer, startLiveServer } from '../conversations/testing/live-server.ts'
import { type ArchiveStep, archiveCall } from './archive-call.ts'
import { sweepCalls } from './sweep.ts'

let server: LiveServer
let ava: string
beforeAll(async () => {
  server = await startLiveServer(conversationRoutes)
  ava = server.token('ava', 'manager')
})
afterAll(() => server.close())

const ENDED = { admin_id: 'ben', takeover: 1, status: 'ENDED', ended_at: 5_000, ended_by: 'ben' }
const messagesOf = (count: number) =>
  Object.fromEntries(
    Array.from({ length: count }, (_, i) => [
      `msg_${i}`,
      messageRecord(`Words ${i}`, { received_at: 1_000 + i }),
    ]),
  )
const inDatabase = async ({ callId, conversationId }: CallFixture) => {
  const root = server.device.database.ref()
  const [call, conversation] = await Promise.all([
    root.child(`active_calls/${callId}`).get(),
    root.child(`active_conversations/${conversationId}`).get(),
  ])
  return [call.exists(), conversation.exists()]
}
async function archiveOf({ conversationId }: CallFixture) {
  const document = server.device.firestore.doc(`conversations/${conversationId}`)
  const { archive, ...index } = (await document.get()).data() ?? {}
  const { docs } = await document.collection('messages').get()
  const messages = docs.map((each) => fromArchived(each.data() as ArchivedMessage))
  return { archive, index, messages }
}
const read = async ({ conversationId }: CallFixture, token = ava) => {
  const { status, body } = await server.get(`/api/conversation/${conversationId}`, token)
  return { status, conversation: body.conversation as Record<string, unknown> }
}
/** What a reader sees, which must be everything whatever happened. */
const readIds = async (call: CallFixture) => messageIds((await read(call)).conversation).toSorted()

/** The ids in the archive, in what readers see, and what is left in the database. */
async function outcomeOf(call: CallFixture) {
  const { archive, messages } = await archiveOf(call)
  return {
    archived: messages.map(([id]) => id).toSorted(),
    isTold: archive.count === messages.length && archive.digest === digestOf(messages),
    left: await inDatabase(call),
    read: await readIds(call),
  }
}
/** The archive is whole, says so truly, and nothing is left in the database. */
const whole = (ids: readonly string[]) => ({
  archived: ids.toSorted(),
  isTold: true,
  left: [false, false],
  read: ids.toSorted(),
})

describe('archiving', () => {
  test('moves an ended call with everything that belongs to it', async () => {
    const messages = {
      ...messagesOf(2),
      photo: messageRecord('See', { attachment: { kind: 'image', sizes: [[1, 2]] } }),
      junk: 7,
    }
    const call = await startCall(server, { call: { ...ENDED, legacy: true }, messages })
    const root = server.device.database.ref()
    await root.update({
      [`active_conversations/${call.conversationId}/live_summary`]: { text: 'Fell', covers_up_to: 'msg_1' },
      [`active_conversations/${call.conversationId}/typing/ben`]: 1,
      [`team_seen/${call.conversationId}/ava`]: { message_id: 'msg_1' },
    })
    const stored = (await root.child(`active_conversations/${call.conversationId}/messages`).get()).val()
    const before = (await read(call)).conversation
    expect(await archiveCall(server.deps, call.callId)).toBe('archived')
    const { archive, index, messages: archived } = await archiveOf(call)
    expect(Object.fromEntries(archived)).toEqual(stored)
    expect([archive.count, archive.digest]).toEqual([4, digestOf(Object.entries(stored))])
    expect(JSON.parse(archive.call)).toMatchObject({ ...ENDED, legacy: true, worker_id: call.workerId })
    expect(JSON.parse(archive.rest)).toMatchObject({
      live_summary: { text: 'Fell' },
      team_seen: { ava: { message_id: 'msg_1' } },
    })
    expect(JSON.parse(archive.rest)).not.toHaveProperty('typing')
    expect(index).toMatchObject({
      status: 'ENDED',
      company_id: 'c_acme',
      admin_id: 'ben',
      ended_at: 5_000,
      ended_by: 'ben',
    })
    expect(await inDatabase(call)).toEqual([false, false])
    expect((await root.child(`team_seen/${call.conversationId}`).get()).exists()).toBe(false)
    expect((await read(call)).conversation).toEqual(before)
  })

  test('leaves active, unknown and malformed calls alone', async () => {
    const active = await startCall(server, { messages: messagesOf(1) })
    const malformed = await startCall(server, { call: { ...ENDED, urgency: 'PERHAPS' } })
    const thief = await startCall(server, { call: { ...ENDED, conversation_id: active.conversationId } })
    const results = [active, { callId: 'call_none' }, { callId: 'a/b' }, malformed, thief].map(({ callId }) =>
      archiveCall(server.deps, callId),
    )
    expect(await Promise.all(results)).toEqual(['not-ended', 'gone', 'malformed', 'malformed', 'malformed'])
    expect(await inDatabase(active)).toEqual([true, true])
    await server.device.database.ref(`active_calls/${thief.callId}`).remove()
    await server.device.database.ref(`active_calls/${malformed.callId}`).remove()
  })

  test('by several at once is done once', async () => {
    const call = await startCall(server, { call: ENDED, messages: messagesOf(50) })
    await Promise.all(Array.from({ length: 6 }, () => archiveCall(server.deps, call.callId)))
    expect(await outcomeOf(call)).toEqual(whole(Object.keys(messagesOf(50))))
  })

  test('a call without any message is archived too', async () => {
    const call = await startCall(server, { call: ENDED })
    await archiveCall(server.deps, call.callId)
    expect(await outcomeOf(call)).toEqual(whole([]))
  })
})

describe('a message that comes late', () => {
  test.each<[ArchiveStep]>([['read'], ['batch-written'], ['marked'], ['ids-kept'], ['conversation-removed']])(
    'at the step %s is in the archive, once',
    async (lateAt) => {
      const call = await startCall(server, { call: ENDED, messages: messagesOf(3) })
      let isSent = false
      await archiveCall(server.deps, call.callId, async (step) => {
        if (step !== lateAt || isSent) return
        isSent = true
        await write(server, call, 'late')
        // Sent once more under its id, as a device does that was not answered.
        await write(server, call, 'msg_0', { content: 'Words 0', received_at: 1_000 })
      })
      await sweepCalls(server.deps)
      expect(await outcomeOf(call)).toEqual(whole(['late', 'msg_0', 'msg_1', 'msg_2']))
    },
  )

  test('after everything is in the archive at the next sweep', async () => {
    const call = await startCall(server, { call: ENDED, messages: messagesOf(2) })
    await archiveCall(server.deps, call.callId)
    await write(server, call, 'late')
    expect(await readIds(call)).toEqual(['msg_0', 'msg_1'])
    expect(await sweepCalls(server.deps)).toMatchObject({ added: 1, failed: 0 })
    expect(await outcomeOf(call)).toEqual(whole(['late', 'msg_0', 'msg_1']))
  })
})

/** Whether the rules know that the ids of a conversation and its call are taken. */
const keptIds = ({ conversationId, callId }: CallFixture) =>
  Promise.all(
    [conversationId, callId].map(async (id) =>
      (await server.device.database.ref(`archived_ids/${id}`).get()).val(),
    ),
  )

describe('a process that is killed', () => {
  const ids = Object.keys(messagesOf(900))
  test.each<[ArchiveStep, number]>([
    ['read', 1],
    ['batch-written', 1],
    ['batch-written', 2],
    ['batch-written', 3],
    ['marked', 1],
    ['ids-kept', 1],
    ['conversation-removed', 1],
  ])('at the step %s (%i) loses and doubles nothing once the sweep has come', async (step, which) => {
    const call = await startCall(server, { call: ENDED, messages: messagesOf(900) })
    const script = fileURLToPath(new URL('testing/archive-until.ts', import.meta.url))
    const child = spawn(process.execPath, [script, call.callId, step, String(which)], {
      env: { ...process.env, ARCHIVE_CONFIG: JSON.stringify(server.deps.config) },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const [said] = (await once(child.stdout, 'data')) as [Buffer]
    child.kill('SIGKILL')
    const [, signal] = await once(child, 'exit')
    expect([said.toString(), signal]).toEqual([`at ${step}\n`, 'SIGKILL'])
    // What stands there in between is seen whole.
    expect(await readIds(call)).toEqual(ids.toSorted())
    expect(await sweepCalls(server.deps)).toMatchObject({ archived: 1, failed: 0 })
    expect(await outcomeOf(call)).toEqual(whole(ids))
    expect(await keptIds(call)).toEqual([true, true])
    expect(await sweepCalls(server.deps)).toMatchObject({ archived: 0, added: 0, failed: 0 })
  })
})

describe('an archived conversation', () => {
  // Columns: ava (manager of ben), ben, cleo, dan (agents), ada (administrator), gus (other company), a worker.
  test.each<[string, object, number[]]>([
    ["ben's", { admin_id: 'ben' }, [200, 200, 403, 403, 403, 403, 403]],
    ["dan's", { admin_id: 'dan' }, [403, 403, 403, 200, 403, 403, 403]],
    ['never held', { admin_id: null }, [200, 200, 200, 200, 200, 403, 403]],
  ])('that was %s may be read by %j', async (_, holder, expected) => {
    const call = await startCall(server, { call: { ...ENDED, ...holder }, messages: messagesOf(1) })
    await archiveCall(server.deps, call.callId)
    const tokens = [
      ava,
      server.token('ben', 'agent'),
      server.token('cleo', 'agent'),
      server.token('dan', 'agent'),
      server.token('ada', 'admin'),
      server.token('gus', 'manager', { company: 'c_globex' }),
      server.token(call.workerId, 'worker'),
    ]
    const path = `/api/conversation/${call.conversationId}/stream`
    const snapshots = await Promise.all(tokens.map((token) => read(call, token)))
    expect(snapshots.map(({ status }) => status)).toEqual(expected)
    const streams = await Promise.all(tokens.map((token) => server.open(path, token)))
    expect(streams.map(({ status }) => status)).toEqual(expected)
    await Promise.all(streams.map(({ ended }) => ended))
  })

  test('is streamed whole, then said to have ended, also to who comes back', async () => {
    const call = await startCall(server, { call: ENDED, messages: messagesOf(3) })
    await archiveCall(server.deps, call.callId)
    for (const lastEventId of [undefined, '1001.msg_1']) {
      const stream = await server.open(`/api/conversation/${call.conversationId}/stream`, ava, lastEventId)
      await stream.ended
      expect(stream.events.map(({ event }) => event)).toEqual(['initial', 'ended'])
      expect(stream.events[0]?.data).toMatchObject({ status: 'ENDED', total_messages: 3, admin_id: 'ben' })
    }
  })

  test('says so to its readers after the last message, when it ends under them', async () => {
    const call = await startCall(server, { call: { admin_id: 'ben', takeover: 1 }, messages: messagesOf(1) })
    const stream = await server.open(`/api/conversation/${call.conversationId}/stream`, ava)
    await stream.next('initial')
    await write(server, call, 'last')
    await changeCall(server, call, ENDED)
    await archiveCall(server.deps, call.callId)
    await stream.ended
    expect(stream.events.at(-1)?.event).toBe('ended')
    expect(stream.events.flatMap(({ data }) => (data.messages ? messageIds(data) : []))).toEqual([
      'msg_0',
      'last',
    ])
  })
})
