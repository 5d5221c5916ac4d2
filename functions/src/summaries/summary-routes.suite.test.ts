import { afterAll, beforeAll, expect, test } from 'vitest'
import { archiveCall } from '../calls/archive-call.ts'
import { changeCall, messageRecord, startCall } from '../conversations/testing/calls.ts'
import { type LiveServer, startLiveServer } from '../conversations/testing/live-server.ts'
import { makeFinalSummary } from './ended/summarize-ended.ts'
import { bringUpToDate } from './live/summarize-call.ts'
import { summaryRoutes } from './routes.ts'
import { SummaryReply } from './schema.ts'

let server: LiveServer
beforeAll(async () => {
  server = await startLiveServer(summaryRoutes)
})
afterAll(async () => {
  await server.close()
})

const deps = () => ({ ...server.deps, directory: server.live.directory })
const summaryOf = (conversationId: string, token: string) =>
  server.get(`/api/conversation/${conversationId}/summary`, token)
const ava = () => server.token('ava', 'manager')

test('there is none yet, then the live one, and after the end the final one', async () => {
  const call = await startCall(server, { messages: { m1: messageRecord('There is smoke in hall 4.') } })
  const { conversationId } = call
  expect((await summaryOf(conversationId, ava())).body).toEqual({ success: true, summary: null })

  await bringUpToDate(deps(), conversationId)
  const live = SummaryReply.parse((await summaryOf(conversationId, ava())).body)
  expect(live.summary).toMatchObject({ is_final: false, covers_up_to: 'm1', covers_count: 1 })

  await changeCall(server, call, { status: 'ENDED' })
  await archiveCall(server.deps, call.callId)
  expect((await summaryOf(conversationId, ava())).body).toEqual({ success: true, summary: null })
  await makeFinalSummary(deps(), conversationId)
  const final = SummaryReply.parse((await summaryOf(conversationId, ava())).body)
  expect(final.summary).toMatchObject({ is_final: true, covers_up_to: 'm1', conversation_id: conversationId })
  expect(final.summary).not.toHaveProperty('company_id')
})

test.each([
  ['an agent while nobody holds the call', 'ben', 'agent', null, 200],
  ['the agent who holds it', 'ben', 'agent', 'ben', 200],
  ['another agent', 'cleo', 'agent', 'ben', 403],
  ['the manager of the agent who holds it', 'ava', 'manager', 'ben', 200],
  ['the manager of others', 'eve', 'manager', 'ben', 403],
  ['a worker', 'worker_1', 'worker', null, 403],
] as const)('%s', async (_, uid, role, holder, status) => {
  const { conversationId } = await startCall(server, { call: { admin_id: holder, takeover: 1 } })
  expect((await summaryOf(conversationId, server.token(uid, role))).status).toBe(status)
})

test("another company's conversation answers as one that does not exist", async () => {
  const { conversationId } = await startCall(server)
  const gus = server.token('gus', 'manager', { company: 'c_globex' })
  const [theirs, none] = await Promise.all([summaryOf(conversationId, gus), summaryOf('conv_none', gus)])
  const shown = ({ status, body }: Awaited<ReturnType<typeof summaryOf>>) => [
    status,
    { ...body, error: { ...(body.error as object), timestamp: '' } },
  ]
  expect(shown(theirs)).toEqual(shown(none))
  expect(theirs.status).toBe(404)
})

test.each(['no id at all', '__proto__', 'a/b', '٣'.repeat(300)])(
  'the impossible id %s is an unknown one',
  async (id) => {
    expect((await summaryOf(encodeURIComponent(id), ava())).status).toBe(404)
  },
)
