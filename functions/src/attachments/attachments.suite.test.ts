import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type CallFixture, changeCall, startCall } from '../conversations/testing/calls.ts'
import { heic, imageBomb, phonePhoto, wav, webm } from '../media/testing/samples.ts'
import { type AttachmentServer, startAttachmentServer } from './testing/attachment-server.ts'

let here: AttachmentServer
let server: AttachmentServer['server']
beforeAll(async () => {
  here = await startAttachmentServer()
  server = here.server
})
afterAll(() => server.close())

describe('an upload', () => {
  test('of a photo is stored without its place, and shown inline as nothing but an image', async () => {
    const call = await startCall(server)
    const reply = await here.upload(call, here.worker(call), await phonePhoto(), { type: 'text/html' })
    expect(reply.status).toBe(201)
    const attachment = here.attachmentOf(reply)
    expect(attachment).toMatchObject({ kind: 'image', content_type: 'image/jpeg', width: 200, height: 320 })
    const response = await here.download(call, attachment.media_id, here.agent())
    const bytes = Buffer.from(await response.arrayBuffer())
    expect(response.status).toBe(200)
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'image/jpeg',
      'content-length': String(attachment.bytes),
      'content-disposition': 'inline; filename="photo.jpg"',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-store',
    })
    expect((await sharp(bytes).metadata()).exif).toBeUndefined()
    expect(bytes.includes('Secretphone')).toBe(false)
  })

  test('larger than one document of the store comes back byte by byte, and in parts', async () => {
    const call = await startCall(server)
    const sound = wav()
    const long = Buffer.concat([sound, Buffer.alloc(2_500_000, 9)])
    long.writeUInt32LE(16_000 + 2_500_000, sound.length - 16_000 - 4)
    long.writeUInt32LE(long.length - 8, 4)
    const attachment = here.attachmentOf(await here.upload(call, here.worker(call), long))
    expect(attachment).toMatchObject({ kind: 'audio', content_type: 'audio/wav' })
    const whole = Buffer.from(
      await (await here.download(call, attachment.media_id, here.agent())).arrayBuffer(),
    )
    expect(whole.length).toBe(attachment.bytes)
    expect(whole.includes('Ravi Kumar')).toBe(false)
    const part = async (range: string) => {
      const response = await here.download(call, attachment.media_id, here.agent(), { range })
      return {
        status: response.status,
        range: response.headers.get('content-range'),
        bytes: Buffer.from(await response.arrayBuffer()),
      }
    }
    const middle = await part('bytes=983000-983100')
    expect([middle.status, middle.range]).toEqual([206, `bytes 983000-983100/${whole.length}`])
    expect(middle.bytes.equals(whole.subarray(983_000, 983_101))).toBe(true)
    const end = await part('bytes=-10')
    expect(end.bytes.equals(whole.subarray(-10))).toBe(true)
    expect((await part(`bytes=${whole.length}-`)).status).toBe(416)
    expect((await part('bytes=5-1')).status).toBe(200)
  })

  test('sent again, also at once, is stored once and answered alike', async () => {
    const call = await startCall(server)
    const photo = await phonePhoto()
    const before = await here.stored()
    const send = () => here.upload(call, here.worker(call), photo, { key: 'the-same' })
    const replies = await Promise.all([send(), send(), send()])
    replies.push(await send())
    expect(replies.map(({ status }) => status)).toEqual([201, 201, 201, 201])
    expect(new Set(replies.map((reply) => here.attachmentOf(reply).media_id)).size).toBe(1)
    expect(replies.at(-1)?.headers.get('idempotency-replayed')).toBe('true')
    expect(await here.stored()).toBe(before + 1)
  })

  test('under a key that was used for other bytes is refused', async () => {
    const call = await startCall(server)
    await here.upload(call, here.worker(call), await phonePhoto(), { key: 'twice' })
    expect(here.refusal(await here.upload(call, here.worker(call), wav(), { key: 'twice' }))).toEqual([
      409,
      'conflict',
      'key-reused',
    ])
  })

  test('is answered for again after the call has ended', async () => {
    const call = await startCall(server)
    const first = await here.upload(call, here.worker(call), wav(), { key: 'late' })
    await changeCall(server, call, { status: 'ENDED' })
    const again = await here.upload(call, here.worker(call), wav(), { key: 'late' })
    expect([again.status, here.attachmentOf(again)]).toEqual([201, here.attachmentOf(first)])
  })

  const html = Buffer.from('<!doctype html><script>alert(1)</script>')
  test.each([
    ['HTML called a photo', () => html, [415, 'unsupported-media', 'type-not-accepted']],
    [
      'HTML behind the first bytes of a JPEG',
      () => Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), html]),
      [415, 'unsupported-media', 'unreadable'],
    ],
    ['a photo in HEIC', () => heic(), [415, 'unsupported-media', 'type-not-accepted']],
    ['a video', () => webm({ trackType: 1 }), [415, 'unsupported-media', 'unreadable']],
    ['nothing', () => Buffer.alloc(0), [400, 'invalid-input', undefined]],
    ['an image that unpacks to too much', () => imageBomb(), [413, 'too-large', 'too-many-pixels']],
    ['more than is ever taken in', () => Buffer.alloc(13 * 1_024 * 1_024), [413, 'too-large', undefined]],
  ])('of %s is refused, and nothing is stored', async (_title, bytes, expected) => {
    const call = await startCall(server)
    const before = await here.stored()
    expect(here.refusal(await here.upload(call, here.worker(call), bytes(), { type: 'image/jpeg' }))).toEqual(
      expected,
    )
    expect([await here.stored(), await here.uploads(call)]).toEqual([before, null])
  })

  test.each(['', 'two words', 'x'.repeat(129)])('under the key %j is refused', async (key) => {
    const call = await startCall(server)
    expect(here.refusal(await here.upload(call, here.worker(call), wav(), { key }))).toEqual([
      400,
      'invalid-input',
      undefined,
    ])
  })
})

describe('who may', () => {
  test('add to a call: its worker, and the admin who holds it', async () => {
    const held = await startCall(server, { call: { admin_id: 'ben', takeover: 1 } })
    expect((await here.upload(held, here.worker(held), wav())).status).toBe(201)
    expect((await here.upload(held, here.agent('ben'), wav())).status).toBe(201)
    expect(here.refusal(await here.upload(held, here.agent('cleo'), wav()))).toEqual([
      409,
      'conflict',
      'held-by-another',
    ])
    const free = await startCall(server)
    expect(here.refusal(await here.upload(free, here.agent('ben'), wav()))).toEqual([
      409,
      'conflict',
      'not-the-holder',
    ])
    const ended = await startCall(server, { call: { status: 'ENDED' } })
    expect(here.refusal(await here.upload(ended, here.worker(ended), wav()))).toEqual([
      409,
      'conflict',
      'ended',
    ])
  })

  test('nobody else: to them it is unknown', async () => {
    const call = await startCall(server)
    const unknown = [404, 'not-found', undefined]
    const others = [
      server.token('gus', 'manager', { company: 'c_globex' }),
      server.token('somebody', 'worker'),
      here.worker(call, { company: 'c_globex' }),
    ]
    for (const token of others) {
      expect(here.refusal(await here.upload(call, token, wav()))).toEqual(unknown)
      expect(here.refusal(await here.upload({ conversationId: 'conv_none' }, token, wav()))).toEqual(unknown)
      expect(here.refusal(await here.upload({ conversationId: 'conv%20none%2F..' }, token, wav()))).toEqual(
        unknown,
      )
    }
    const expired = here.worker(call, { lasts: -1 })
    expect(here.refusal(await here.upload(call, expired, wav()))).toEqual([401, 'unauthenticated', undefined])
    expect(await here.uploads(call)).toBe(null)
  })

  test('read: whoever may read the conversation, and media of another one are unknown there', async () => {
    const call = await startCall(server, { call: { admin_id: 'ben', takeover: 1 } })
    const { media_id } = here.attachmentOf(await here.upload(call, here.worker(call), await phonePhoto()))
    const status = async (where: CallFixture, token: string) =>
      (await here.download(where, media_id, token)).status
    expect(await status(call, here.agent('ben'))).toBe(200)
    expect(await status(call, server.token('ava', 'manager'))).toBe(200)
    expect(await status(call, here.worker(call))).toBe(200)
    expect(await status(call, here.agent('cleo'))).toBe(403)
    expect(await status(call, server.token('gus', 'manager', { company: 'c_globex' }))).toBe(404)
    expect(await status(call, server.token('somebody', 'worker'))).toBe(404)
    expect(await status(call, here.worker(call, { lasts: -1 }))).toBe(401)
    const other = await startCall(server)
    expect(await status(other, here.agent('ben'))).toBe(404)
    expect((await here.download(call, 'media_none', here.agent('ben'))).status).toBe(404)
  })

  test('read what lay under ids that another worker uses again: nobody of those', async () => {
    const call = await startCall(server)
    const { media_id } = here.attachmentOf(await here.upload(call, here.worker(call), wav()))
    await server.device.database.ref().update({
      [`active_calls/${call.callId}/worker_id`]: 'worker_other',
      [`active_conversations/${call.conversationId}/worker_id`]: 'worker_other',
    })
    await server.device.firestore.doc('workers/worker_other').set({ company_id: 'c_acme', name: 'Other' })
    expect((await here.download(call, media_id, server.token('worker_other', 'worker'))).status).toBe(404)
    expect((await here.download(call, media_id, here.agent())).status).toBe(404)
  })
})
