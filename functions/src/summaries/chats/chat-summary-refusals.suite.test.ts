import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { batch, freshId, keyOf, message, refusal } from '../../chats/testing/chat-server.ts'
import { type SummaryServer, startSummaryServer } from '../testing/summary-server.ts'

let server: SummaryServer
beforeAll(async () => {
  server = await startSummaryServer()
})
afterAll(() => server.close())

const ask = (body: unknown, token: string | null = server.ava) => server.call('/chats/summarize', token, body)
async function chatOf(): Promise<string> {
  const id = freshId()
  await server.store(batch(id, [message('Hello')]))
  return id
}

describe('400', () => {
  test.each([
    ['nothing', {}],
    ['an id that is none', { conversation_id: 'no id' }],
    ['a type that there is not', { conversation_id: 'x', summary_type: 'long' }],
    ['no object', '[]'],
    ['no JSON', '{'],
  ])('for %s', async (_, body) => {
    expect(refusal(await ask(body))).toEqual([400, 'invalid_input'])
  })

  test('for a query that there is not', async () => {
    const reply = await server.call(`/chats/${await chatOf()}/summary?summary_type=x`, server.ava)
    expect(refusal(reply)).toEqual([400, 'invalid_input'])
  })
})

test('401 for a token that is not valid, and without one where the sandbox is closed', async () => {
  const id = await chatOf()
  expect(refusal(await server.summarize(id, { token: 'none' }))).toEqual([401, 'unauthenticated'])
  const closed = await startSummaryServer({ config: { anonymousChats: false } })
  try {
    expect(refusal(await closed.summarize(id, { token: null }))).toEqual([401, 'unauthenticated'])
    const socket = await closed.connect()
    socket.send({ conversation_id: id })
    expect((await socket.closed).code).toBe(4401)
  } finally {
    await closed.close()
  }
})

test('404 for a conversation that there is not, or that is another’s, alike', async () => {
  const id = await chatOf()
  const gus = server.server.token('gus', 'manager', { company: 'c_globex' })
  for (const [name, token] of [
    ['none', server.ava],
    [id, gus],
    [keyOf(id), gus],
    [id, null],
    [id, server.server.token('worker_1', 'worker')],
  ] as const) {
    expect(refusal(await server.summarize(name, { token }))).toEqual([404, 'not_found'])
    expect(refusal(await server.call(`/chats/${name}/summary`, token))).toEqual([404, 'not_found'])
  }
})

test('429 when the minute’s requests are used up, over the socket too, and nothing is asked for', async () => {
  const limited = await startSummaryServer({ limited: true })
  try {
    await limited.store(batch('x', [message('Hello')]), null)
    for (let n = 0; n < 9; n += 1) await limited.read('x', '', null)
    const refused = await limited.summarize('x', { token: null })
    expect(refusal(refused)).toEqual([429, 'too_many_requests'])
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(limited.worker.deliveries).toEqual([])

    const ben = limited.server.token('ben', 'agent')
    await Promise.all(Array.from({ length: 100 }, () => limited.read('x', '', ben)))
    const socket = await limited.connect(ben)
    socket.send({ conversation_id: 'x' })
    expect(await socket.closed).toEqual({ code: 4429, reason: 'too-many-requests' })
  } finally {
    await limited.close()
  }
})

test('500 without a word about it where what is stored cannot be read', async () => {
  const id = await chatOf()
  await server.server.device.database.ref(`active_chats/${keyOf(id)}/count`).set('many')
  const reply = await server.summarize(id)
  expect(refusal(reply)).toEqual([500, 'internal'])
  expect(JSON.stringify(reply.body)).not.toMatch(/count|zod|many/i)
})

test('503 where the queue cannot be reached', async () => {
  const id = await chatOf()
  const { tasks } = server.server.deps
  const enqueue = tasks.enqueue.bind(tasks)
  // A queue that there is not.
  tasks.enqueue = (_, task) => enqueue('assistWorker', task)
  const reply = await server.summarize(id)
  tasks.enqueue = enqueue
  expect(refusal(reply)).toEqual([503, 'unavailable'])
  expect(Number(reply.headers.get('retry-after'))).toBeGreaterThan(0)
  expect((await server.summarize(id)).status).toBe(200)
})
