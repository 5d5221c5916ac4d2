import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { archiveChat } from './archive-chat.ts'
import { readRecord } from './chat-record.ts'
import { bringIndexUpToDate } from './index-chat.ts'
import { sweepChats } from './sweep-chats.ts'
import {
  type ChatServer,
  batch,
  contents,
  freshId,
  keyOf,
  message,
  numbered,
  startChatServer,
} from './testing/chat-server.ts'

let chats: ChatServer

beforeAll(async () => {
  chats = await startChatServer()
})
afterAll(() => chats.close())

describe('archived', () => {
  test('by the sweep when nobody has written for long, read alike, and written on', async () => {
    const id = freshId()
    await chats.store(batch(id, numbered(7)))
    const before = (await chats.read(id)).body
    const later = {
      ...chats.server.deps,
      clock: { ...chats.server.deps.clock, now: () => Date.now() + 86_400_000 + 60_000 },
    }
    expect((await sweepChats(later)).failed).toBe(0)
    const key = keyOf(id)
    expect((await chats.server.device.database.ref(`chat_messages/${key}`).get()).exists()).toBe(false)
    expect((await chats.server.device.firestore.doc(`conversations/${key}`).get()).data()).toMatchObject({
      call_type: 'chat',
      status: 'ENDED',
      message_count: 7,
    })
    expect((await chats.read(id)).body).toEqual(before)
    await chats.store(batch(id, numbered(2, 7)))
    expect(contents(await chats.read(id, '?page=2&limit=5'))).toEqual(['m5', 'm6', 'm7', 'm8'])
    expect((await chats.server.device.firestore.doc(`conversations/${key}`).get()).get('status')).toBe(
      'ACTIVE',
    )
    expect(await sweepChats(chats.server.deps)).toMatchObject({ archived: 0, failed: 0 })
  })

  test('twice at once, and while somebody writes, it loses nothing', async () => {
    const id = freshId()
    await chats.store(batch(id, numbered(30)))
    await Promise.all([
      archiveChat(chats.server.deps, keyOf(id)),
      chats.store(batch(id, numbered(5, 30))),
      archiveChat(chats.server.deps, keyOf(id)),
      chats.read(id),
    ])
    expect(contents(await chats.read(id, '?limit=100'))).toEqual(
      Array.from({ length: 35 }, (_, n) => `m${n}`),
    )
    const record = await readRecord(chats.server.deps, keyOf(id))
    expect(record?.count).toBe(35)
  })
})

test('an index that a crash left behind is made up for by the sweep, and an older state never replaces a newer', async () => {
  const id = freshId()
  await chats.store(batch(id, [message('x')], 'late_user'))
  const document = chats.server.device.firestore.doc(`conversations/${keyOf(id)}`)
  await document.delete()
  await chats.server.device.database.ref(`active_chats/${keyOf(id)}/index_due`).set(1)
  expect((await sweepChats(chats.server.deps)).indexed).toBeGreaterThan(0)
  expect((await document.get()).get('last_message')).toBe('x')
  expect((await readRecord(chats.server.deps, keyOf(id)))?.index_due).toBeUndefined()
  await document.update({ rev: 99, last_message: 'newer' })
  await bringIndexUpToDate(chats.server.deps, keyOf(id))
  expect((await document.get()).get('last_message')).toBe('newer')
})
