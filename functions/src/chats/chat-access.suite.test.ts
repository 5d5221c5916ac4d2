import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startLiveServer } from '../conversations/testing/live-server.ts'
import { chatRoutes } from './routes.ts'
import {
  type ChatServer,
  batch,
  contents,
  freshId,
  keyOf,
  message,
  refusal,
  startChatServer,
} from './testing/chat-server.ts'

let chats: ChatServer
let gus: string
let worker: string

beforeAll(async () => {
  chats = await startChatServer()
  gus = chats.server.token('gus', 'manager', { company: 'c_globex' })
  worker = chats.server.token('worker_1', 'worker')
})
afterAll(() => chats.close())

describe('who sees what', () => {
  test('one id in two companies and the sandbox is three conversations', async () => {
    const id = freshId()
    await chats.store(batch(id, [message('acme')]))
    await chats.store(batch(id, [message('globex')]), gus)
    await chats.store(batch(id, [message('nobody')]), null)
    expect(contents(await chats.read(id))).toEqual(['acme'])
    expect(contents(await chats.read(id, '', gus))).toEqual(['globex'])
    expect(contents(await chats.read(id, '', null))).toEqual(['nobody'])
  })

  test('another company’s chat is as unknown as one that is not there, by its key too', async () => {
    const id = freshId()
    await chats.store(batch(id, [message('acme')]))
    const unknown = await chats.read('none', '', gus)
    expect(refusal(unknown)).toEqual([404, 'not_found'])
    for (const name of [id, keyOf(id)]) {
      for (const token of [gus, null, worker]) {
        const refused = await chats.read(name, '', token)
        expect(refusal(refused)).toEqual([404, 'not_found'])
        expect((refused.body.detail as { error: string }).error).toBe(
          (unknown.body.detail as { error: string }).error,
        )
      }
    }
    expect(contents(await chats.read(keyOf(id)))).toEqual(['acme'])
  })

  test('a worker writes and reads as themselves, and their company’s staff reads along', async () => {
    const id = freshId()
    expect((await chats.store(batch(id, [message('mine')], 'worker_1'), worker)).status).toBe(200)
    expect(contents(await chats.read(id, '', worker))).toEqual(['mine'])
    expect(contents(await chats.read(id))).toEqual(['mine'])
    expect((await chats.history('worker_1', '', worker)).status).toBe(200)
    expect(refusal(await chats.history('john_doe', '', worker))).toEqual([403, 'forbidden'])
    expect(refusal(await chats.store(batch(id, [message('x')], 'ava'), worker))).toEqual([403, 'forbidden'])
    const theirs = freshId()
    await chats.store(batch(theirs, [message('x')]))
    expect(refusal(await chats.store(batch(theirs, [message('y')], 'worker_1'), worker))).toEqual([
      403,
      'forbidden',
    ])
    expect(contents(await chats.read(theirs))).toEqual(['x'])
  })

  test('where the sandbox is closed nobody gets in without a token', async () => {
    const closed = await startLiveServer((deps) => chatRoutes(deps), { config: { anonymousChats: false } })
    try {
      for (const path of ['/chats/x', '/users/x/chats']) {
        const response = await fetch(`${closed.origin}${path}`)
        expect([
          response.status,
          ((await response.json()) as { detail: { code: string } }).detail.code,
        ]).toEqual([401, 'unauthenticated'])
      }
    } finally {
      await closed.close()
    }
  })

  test('a token that is not valid is refused, and not taken for none', async () => {
    expect(refusal(await chats.read('meeting_123', '', 'none'))).toEqual([401, 'unauthenticated'])
    expect(refusal(await chats.store(batch('meeting_123', [message('x')]), 'none'))).toEqual([
      401,
      'unauthenticated',
    ])
  })
})
