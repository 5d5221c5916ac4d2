import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { replyRoutes } from './reply-routes.ts'
import type { Message } from './schema.ts'
import { sendMessage } from './send-message.ts'
import { type CallFixture, changeCall, startCall } from './testing/calls.ts'
import { type LiveServer, startLiveServer } from './testing/live-server.ts'

let server: LiveServer

beforeAll(async () => {
  server = await startLiveServer((_, live) => replyRoutes(live))
})
afterAll(() => server.close())

const held = () => startCall(server, { call: { admin_id: 'ben', takeover: 2 } })
const storedMessages = async ({ conversationId }: CallFixture): Promise<Record<string, unknown>> =>
  (await server.device.database.ref(`active_conversations/${conversationId}/messages`).get()).val() ?? {}

/** The check in words and the write are two steps; only what the database judges in the write itself holds. */
describe('when the call changes between the look and the write', () => {
  test.each<[string, object, string]>([
    ['another takes it over', { admin_id: 'cleo', takeover: 3 }, 'stale-lease'],
    ['it is handed back', { admin_id: null }, 'not-the-holder'],
    ['it ends', { status: 'ENDED' }, 'ended'],
    ['its lease rises', { takeover: 3 }, 'stale-lease'],
  ])('nothing is stored: %s', async (_, change, reason) => {
    const call = await held()
    const { deps, live } = server
    let changed = false
    const late = Object.create(deps.guarded, {
      ref: {
        value: (path?: string) => {
          const reference = deps.guarded.ref(path)
          if (path !== undefined) return reference
          return {
            async update(paths: object) {
              if (!changed) await changeCall(server, call, change)
              changed = true
              return reference.update(paths)
            },
          }
        },
      },
    }) as typeof deps.guarded
    const actor = { uid: 'ben', role: 'agent', company_id: 'c_acme' } as const
    const sending = sendMessage(
      { ...deps, guarded: late, directory: live.directory },
      actor,
      call.conversationId,
      {
        content: 'Too late',
        key: 'k',
        lease: 2,
      },
    )
    await expect(sending).rejects.toMatchObject({ code: 'conflict', details: { reason } })
    expect(changed).toBe(true)
    expect(await storedMessages(call)).toEqual({})
  })

  test('fifty messages against a takeover: all before it are stored, none after', async () => {
    const call = await held()
    const ben = server.token('ben', 'agent')
    const path = `/api/conversation/${call.conversationId}/messages`
    const send = (content: string) => server.post(path, ben, { content, message_id: content, lease: 2 })
    const sending = Array.from({ length: 50 }, (_, index) => send(`no-${index}`))
    await changeCall(server, call, { admin_id: 'cleo', takeover: 3 })
    const after = await send('after')
    const replies = await Promise.all(sending)
    expect(after.status).toBe(409)
    const accepted = replies.flatMap(({ status, body }) => (status === 201 ? [body.message as Message] : []))
    expect(new Set(replies.map(({ status }) => status)).isSubsetOf(new Set([201, 409]))).toBe(true)
    expect(new Set(Object.keys(await storedMessages(call)))).toEqual(
      new Set(accepted.map(({ message_id }) => message_id)),
    )
  })
})
