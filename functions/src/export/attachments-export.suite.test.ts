import { createHash } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { attachmentRoutes } from '../attachments/routes.ts'
import { UploadReply } from '../attachments/schema.ts'
import { archiveCall } from '../calls/archive-call.ts'
import { type CallFixture, changeCall, startCall, write } from '../conversations/testing/calls.ts'
import { type LiveServer, startLiveServer } from '../conversations/testing/live-server.ts'
import { phonePhoto, wav } from '../media/testing/samples.ts'
import { exportRoutes } from './routes.ts'
import { ConversationExport } from './schema.ts'
import { pagesOf } from './testing/pdf-text.ts'

let server: LiveServer
beforeAll(async () => {
  server = await startLiveServer((deps, live) => [
    ...exportRoutes(deps, live),
    ...attachmentRoutes(deps, live),
  ])
})
afterAll(() => server.close())

async function upload({ conversationId, workerId }: CallFixture, key: string, bytes: Buffer) {
  const response = await fetch(`${server.origin}/api/conversation/${conversationId}/attachments`, {
    method: 'POST',
    headers: { authorization: `Bearer ${server.token(workerId, 'worker')}`, 'idempotency-key': key },
    body: new Uint8Array(bytes),
  })
  return UploadReply.parse(await response.json()).attachment
}

const read = (path: string) =>
  fetch(`${server.origin}/api/conversation/${path}`, {
    headers: { authorization: `Bearer ${server.token('ava', 'manager')}` },
  })

test('an export proves what was attached by digests of the bytes that are shown, active and archived', async () => {
  const call = await startCall(server)
  const { conversationId } = call
  const photo = await upload(call, 'a', await phonePhoto())
  const voice = await upload(call, 'b', wav())
  await write(server, call, 'm1', { content: 'The valve is behind the door', attachment: photo })
  await write(server, call, 'm2', { content: 'Voice message', attachment: voice })
  await write(server, call, 'm3', {
    content: 'My location: 12.97160, 77.59460 (within 14 m)',
    attachment: {
      kind: 'location',
      latitude: 12.9716,
      longitude: 77.5946,
      accuracy_m: 14,
      captured_at: '2025-10-03T11:58:00+05:30',
    },
  })
  const digestOf = async ({ media_id }: { media_id: string }) => {
    const bytes = await (await read(`${conversationId}/attachments/${media_id}`)).arrayBuffer()
    return createHash('sha256').update(Buffer.from(bytes)).digest('hex')
  }
  const expected = [
    { media_id: photo.media_id, message_id: 'm1', sha256: await digestOf(photo) },
    { media_id: voice.media_id, message_id: 'm2', sha256: await digestOf(voice) },
  ]
  const exported = async () =>
    ConversationExport.parse(await (await read(`${conversationId}/export?format=json`)).json())
  expect((await exported()).attachments).toEqual(expected)
  const pdf = Buffer.from(await (await read(`${conversationId}/export?format=pdf`)).arrayBuffer())
  const text = (await pagesOf(pdf)).join('\n').replaceAll(/\s/g, '')
  for (const { sha256 } of expected) expect(text).toContain(sha256)
  expect(text).toContain('12.97160,77.59460')

  await changeCall(server, call, { status: 'ENDED', ended_at: 5 })
  expect(await archiveCall(server.deps, call.callId)).toBe('archived')
  expect((await exported()).attachments).toEqual(expected)
  // Bytes that are gone are said to be so, instead of being left out.
  await server.device.firestore.recursiveDelete(server.device.firestore.doc(`media/${photo.media_id}`))
  expect((await exported()).attachments).toEqual([{ ...expected[0], sha256: null }, expected[1]])
})
