import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { archiveCall } from '../calls/archive-call.ts'
import { type CallFixture, changeCall, startCall, write } from '../conversations/testing/calls.ts'
import { phonePhoto, wav } from '../media/testing/samples.ts'
import { manualClock } from '../platform/testing/manual-clock.ts'
import { sweepUploads } from './sweep.ts'
import { type AttachmentServer, startAttachmentServer } from './testing/attachment-server.ts'

let here: AttachmentServer
let server: AttachmentServer['server']
beforeAll(async () => {
  here = await startAttachmentServer()
  server = here.server
})
afterAll(() => server.close())

describe('a message', () => {
  const send = ({ conversationId }: CallFixture, attachment: unknown, key: string) =>
    server.post(
      `/api/conversation/${conversationId}/messages`,
      here.agent('ben'),
      { content: 'Look here', attachment },
      { 'idempotency-key': key },
    )
  const place = {
    kind: 'location',
    latitude: 12.97,
    longitude: 77.59,
    accuracy_m: 9,
    captured_at: '2025-10-03T11:58:04+05:30',
  }

  test('of the holder carries what they uploaded, to every reader', async () => {
    const call = await startCall(server, { call: { admin_id: 'ben', takeover: 1 } })
    const stream = await server.open(`/api/conversation/${call.conversationId}/stream`, here.agent('ben'))
    await stream.next('initial')
    const attachment = here.attachmentOf(await here.upload(call, here.agent('ben'), await phonePhoto()))
    const reply = await send(call, { media_id: attachment.media_id }, 'a')
    expect([reply.status, reply.body.message]).toMatchObject([201, { content: 'Look here', attachment }])
    expect((await stream.next('new_messages')).data.messages).toMatchObject([{ attachment }])
    stream.close()
    const again = await send(call, { media_id: attachment.media_id }, 'a')
    expect([again.status, again.headers.get('idempotency-replayed')]).toEqual([201, 'true'])
    expect(here.refusal(await send(call, place, 'a'))).toEqual([409, 'conflict', 'key-reused'])
    expect((await send(call, place, 'b')).body.message).toMatchObject({ attachment: place })
  })

  test.each([
    ['media that nobody uploaded', { media_id: 'media_none' }, 404],
    ['a place off the map', { ...place, latitude: 91 }, 400],
    ['a place that somebody calls media', { ...place, kind: 'image' }, 400],
    ['facts of their own beside the id', { media_id: 'media_none', content_type: 'text/html' }, 400],
  ])('of the holder with %s is refused', async (_title, attachment, status) => {
    const call = await startCall(server, { call: { admin_id: 'ben', takeover: 1 } })
    expect((await send(call, attachment, 'a')).status).toBe(status)
  })

  test('of the holder cannot carry what the worker uploaded, nor what lies in another conversation', async () => {
    const call = await startCall(server, { call: { admin_id: 'ben', takeover: 1 } })
    const other = await startCall(server, { call: { admin_id: 'ben', takeover: 1 } })
    const mine = here.attachmentOf(await here.upload(other, here.agent('ben'), wav())).media_id
    const theirs = here.attachmentOf(await here.upload(call, here.worker(call), wav())).media_id
    expect((await send(call, { media_id: mine }, 'a')).status).toBe(404)
    expect((await send(call, { media_id: theirs }, 'b')).status).toBe(404)
  })

  test('whose attachment cannot be read still shows its words', async () => {
    const call = await startCall(server)
    await write(server, call, 'msg_1', { attachment: { kind: 'hologram' } })
    const { body } = await server.get(`/api/conversation/${call.conversationId}`, here.agent())
    const [message] = (body.conversation as { messages: object[] }).messages
    expect(message).toMatchObject({ content: 'text of msg_1' })
    expect(message).not.toHaveProperty('attachment')
  })

  test('keeps its media readable in the archive', async () => {
    const call = await startCall(server)
    const attachment = here.attachmentOf(await here.upload(call, here.worker(call), await phonePhoto()))
    await write(server, call, 'msg_1', { attachment })
    await changeCall(server, call, { status: 'ENDED' })
    expect(await archiveCall(server.deps, call.callId)).toBe('archived')
    expect(await here.uploads(call)).toBe(null)
    const { body } = await server.get(`/api/conversation/${call.conversationId}`, here.agent())
    expect((body.conversation as { messages: object[] }).messages).toMatchObject([{ attachment }])
    expect((await here.download(call, attachment.media_id, here.agent())).status).toBe(200)
    expect(
      (
        await here.download(
          call,
          attachment.media_id,
          server.token('gus', 'manager', { company: 'c_globex' }),
        )
      ).status,
    ).toBe(404)
  })
})

test('what no message carries is removed after a while, and what one carries stays', async () => {
  const [active, archived] = await Promise.all([startCall(server), startCall(server)])
  const sent = here.attachmentOf(await here.upload(active, here.worker(active), await phonePhoto()))
  await write(server, active, 'msg_1', { attachment: sent })
  const unused = here.attachmentOf(await here.upload(active, here.worker(active), wav()))
  const kept = here.attachmentOf(await here.upload(archived, here.worker(archived), wav()))
  await write(server, archived, 'msg_1', { attachment: kept })
  await changeCall(server, archived, { status: 'ENDED' })
  await archiveCall(server.deps, archived.callId)

  expect(await sweepUploads(server.deps)).toEqual({ removed: 0, kept: 0 })
  const clock = manualClock(Date.now() + 25 * 3_600_000)
  const report = await sweepUploads({ ...server.deps, clock })
  expect(report.kept).toBeGreaterThanOrEqual(2)
  expect(report.removed).toBeGreaterThanOrEqual(1)
  expect((await here.download(active, sent.media_id, here.agent())).status).toBe(200)
  expect((await here.download(archived, kept.media_id, here.agent())).status).toBe(200)
  expect((await here.download(active, unused.media_id, here.agent())).status).toBe(404)
  expect(Object.keys((await here.uploads(active)) ?? {})).not.toContain(unused.media_id)
})
