import { isDeepStrictEqual } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Role } from '../auth/schema.ts'
import { replyRoutes } from './reply-routes.ts'
import { messageRecord, startCall } from './testing/calls.ts'
import { type LiveServer, startLiveServer } from './testing/live-server.ts'

let server: LiveServer
beforeAll(async () => {
  server = await startLiveServer((_, live) => replyRoutes(live))
})
afterAll(() => server.close())

const people: Record<string, readonly [uid: string, role: Role, company: string]> = {
  'the holder': ['ben', 'agent', 'c_acme'],
  'their manager': ['ava', 'manager', 'c_acme'],
  'a colleague': ['cleo', 'agent', 'c_acme'],
  'a manager of others': ['dan', 'manager', 'c_acme'],
  'an administrator': ['root', 'admin', 'c_acme'],
  'another company': ['gus', 'manager', 'c_globex'],
  'the worker': ['worker', 'worker', 'c_acme'],
}
const calls = {
  unassigned: {},
  held: { admin_id: 'ben', takeover: 1 },
  ended: { admin_id: 'ben', takeover: 1, status: 'ENDED' },
}
type CallState = keyof typeof calls

// Columns: messages, seen, typing.
const table: [who: string, call: CallState, messages: number, seen: number, typing: number][] = [
  ['the holder', 'unassigned', 409, 200, 409],
  ['the holder', 'held', 201, 200, 200],
  ['the holder', 'ended', 409, 409, 409],
  ['their manager', 'unassigned', 409, 200, 409],
  ['their manager', 'held', 409, 200, 409],
  ['their manager', 'ended', 409, 409, 409],
  ['a colleague', 'unassigned', 409, 200, 409],
  ['a colleague', 'held', 409, 403, 409],
  ['a colleague', 'ended', 409, 403, 409],
  ['a manager of others', 'unassigned', 409, 200, 409],
  ['a manager of others', 'held', 409, 403, 409],
  ['a manager of others', 'ended', 409, 403, 409],
  ['an administrator', 'unassigned', 409, 200, 409],
  ['an administrator', 'held', 409, 403, 409],
  ['an administrator', 'ended', 409, 403, 409],
  ...(['unassigned', 'held', 'ended'] as const).flatMap((state): typeof table => [
    ['another company', state, 404, 404, 404],
    ['the worker', state, 403, 403, 403],
    ['nobody', state, 401, 401, 401],
  ]),
]

test.each(table)(
  '%s in a call that is %s: messages %i, seen %i, typing %i',
  async (who, state, ...expected) => {
    const call = await startCall(server, { call: calls[state], messages: { m1: messageRecord('x') } })
    const person = people[who]
    const token = person ? server.token(person[0], person[1], { company: person[2] }) : 'of nobody'
    const path = `/api/conversation/${call.conversationId}`
    const node = () => server.device.database.ref(`active_conversations/${call.conversationId}`).get()
    const before = (await node()).val()
    const replies = [
      await server.post(`${path}/messages`, token, { content: 'x', message_id: 'k' }),
      await server.post(`${path}/seen`, token, { message_id: 'm1' }),
      await server.post(`${path}/typing`, token, { typing: true }),
    ]
    expect(replies.map(({ status }) => status)).toEqual(expected)
    for (const { status, body } of replies) expect(body).toMatchObject({ success: status < 400 })
    // Whoever may not answer leaves nothing that the worker could see.
    const mayAnswer = who === 'the holder' && state === 'held'
    expect(isDeepStrictEqual((await node()).val(), before)).toBe(!mayAnswer)
  },
)
