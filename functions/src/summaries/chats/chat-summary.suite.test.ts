import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { archiveChat } from '../../chats/archive-chat.ts'
import { batch, freshId, keyOf, message, numbered } from '../../chats/testing/chat-server.ts'
import { ChatSummary, ChatSummaryPending } from '../schema.ts'
import { type SummaryServer, startSummaryServer } from '../testing/summary-server.ts'

let server: SummaryServer
let deliveries: () => number

beforeAll(async () => {
  server = await startSummaryServer()
})
beforeEach(() => {
  const before = server.worker.deliveries.length
  server.model.runs = 0
  server.model.gate = Promise.resolve()
  server.model.answer = (input, job) => job.offline(input)
  deliveries = () => server.worker.deliveries.length - before
})
afterAll(() => server.close())

const MEETING = [
  message('Hello team!'),
  message("Let's discuss the project", { timestamp: '2023-01-01T09:01:00' }),
]
async function chatOf(messages: object[] = MEETING, token?: string | null): Promise<string> {
  const id = freshId()
  expect((await server.store(batch(id, messages), token)).status).toBe(200)
  return id
}

test('the example of the specification runs as printed, without a token', async () => {
  await server.store(batch('meeting_123', MEETING), null)
  const data = { conversation_id: 'meeting_123', summary_type: 'detailed' }
  const { status, body } = await server.call('/chats/summarize', null, data)
  expect(status).toBe(200)
  const summary = ChatSummary.parse(body)
  expect(summary).toMatchObject({
    conversation_id: 'meeting_123',
    summary_type: 'detailed',
    covers_up_to: 'msg_0000000001',
    covers_count: 2,
    is_fallback: false,
  })
  expect(summary.summary).toContain('the project')
  expect(Object.keys(summary.insights).toSorted()).toEqual(['action_items', 'keywords', 'sentiment'])
  expect(Object.keys(body).slice(0, 4)).toEqual(['conversation_id', 'summary', 'insights', 'generated_at'])
})

test('insights are plain strings, and each line names the messages that prove it', async () => {
  const id = await chatOf([
    message('The project is late, and I am very unhappy with the project.'),
    message('I will send the project plan to Priya tomorrow.'),
  ])
  const { insights, details, summary } = ChatSummary.parse((await server.summarize(id)).body)
  expect(insights.sentiment).toBe('negative')
  expect(insights.keywords.join(' ')).toContain('project')
  expect(insights.action_items.join(' ')).toContain('plan')
  expect(details.action_items[0]?.evidence).toEqual(['msg_0000000001'])
  expect(summary).toBe(details.lines.map(({ text }) => text).join(' '))
  for (const { evidence } of [...details.lines, ...details.keywords]) expect(evidence).not.toEqual([])
})

test('people whom the company knows are called by their names, others by their ids', async () => {
  const { firestore } = server.server.device
  await firestore
    .doc('workers/worker_lakshmi')
    .set({ company_id: 'c_acme', name: 'Lakshmi Nair', mobile_no: '+91' })
  await firestore
    .doc('workers/worker_far')
    .set({ company_id: 'c_globex', name: 'Tom Hadley', mobile_no: '+44' })
  const id = freshId()
  for (const [user, words] of [
    ['worker_lakshmi', 'The valve of the boiler is broken.'],
    ['worker_far', 'The pump has stopped too.'],
    ['worker_lakshmi', 'I will order a new valve on Monday.'],
  ] as const) {
    expect((await server.store(batch(id, [message(words)], user))).status).toBe(200)
  }
  const { summary, insights } = ChatSummary.parse((await server.summarize(id)).body)
  expect(insights.action_items.join(' ')).toContain('Lakshmi Nair')
  expect(`${summary} ${insights.action_items.join(' ')}`).not.toMatch(/worker_lakshmi|Tom Hadley/i)
})

describe('what is paid for once', () => {
  test('twenty who ask at the same time share one task and one call of the model', async () => {
    const id = await chatOf()
    const replies = await Promise.all(Array.from({ length: 20 }, () => server.summarize(id)))
    expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([200]))
    expect(new Set(replies.map(({ body }) => JSON.stringify(body))).size).toBe(1)
    expect([server.model.runs, deliveries()]).toEqual([1, 1])
  })

  test('the same messages are answered from the store, also once they are archived', async () => {
    const id = await chatOf()
    const first = await server.summarize(id)
    expect((await server.summarize(id)).body).toEqual(first.body)
    await archiveChat(server.server.deps, keyOf(id))
    expect((await server.summarize(keyOf(id))).body).toEqual(first.body)
    expect([server.model.runs, deliveries()]).toEqual([1, 1])
  })

  test('another type and another message are another summary', async () => {
    const id = await chatOf()
    await server.summarize(id)
    await server.summarize(id, { type: 'detailed' })
    expect(server.model.runs).toBe(2)
    await server.store(batch(id, [message('Goodbye')]))
    expect((await server.summarize(id)).body).toMatchObject({ covers_count: 3 })
    expect(server.model.runs).toBe(3)
  })

  test('the same id in the sandbox and in another company are other conversations', async () => {
    const id = await chatOf([message('Nobody is here')], null)
    expect((await server.summarize(id)).status).toBe(404)
    const gus = server.server.token('gus', 'manager', { company: 'c_globex' })
    await server.store(batch(id, [message('Globex is here')]), gus)
    const [sandbox, globex] = [
      await server.summarize(id, { token: null }),
      await server.summarize(id, { token: gus }),
    ]
    expect([sandbox.body.summary, globex.body.summary]).toEqual([
      expect.stringContaining('obody'),
      expect.stringContaining('Globex'),
    ])
  })

  test('what comes while one is made is in the next one, which is asked for by whoever asks', async () => {
    const opened = Promise.withResolvers<void>()
    server.model.gate = opened.promise
    const id = await chatOf()
    const first = server.summarize(id)
    await expect.poll(() => server.model.runs).toBe(1)
    await server.store(batch(id, [message('One more thing')]))
    const second = server.summarize(id)
    await expect.poll(() => deliveries()).toBe(2)
    opened.resolve()
    expect((await second).body).toMatchObject({ covers_count: 3 })
    expect((await first).status).toBe(200)
    expect(server.model.runs).toBe(2)
  })
})

describe('a caller who would not wait', () => {
  test.each([
    ['respond-async', 'respond-async'],
    ['wait=0', 'wait=0'],
    ['respond-async, wait=1', 'respond-async, wait=1'],
  ])('Prefer: %s is told where to look', async (prefer, applied) => {
    const opened = Promise.withResolvers<void>()
    server.model.gate = opened.promise
    const id = await chatOf()
    const asked = await server.summarize(id, { prefer })
    expect([asked.status, asked.headers.get('preference-applied')]).toEqual([202, applied])
    const { location } = ChatSummaryPending.parse(asked.body)
    expect(asked.headers.get('location')).toBe(location)
    expect((await server.call(location, server.ava)).status).toBe(202)
    opened.resolve()
    await expect.poll(async () => (await server.call(location, server.ava)).status).toBe(200)
    const found = await server.call(location, server.ava)
    expect(found.body).toMatchObject({ conversation_id: id, covers_count: 2, summary_type: 'brief' })
    expect((await server.summarize(id, { prefer })).body).toEqual(found.body)
    expect(server.model.runs).toBe(1)
  })

  test('a summary that is there is given to everybody at once', async () => {
    const id = await chatOf()
    await server.summarize(id)
    const reply = await server.summarize(id, { prefer: 'respond-async' })
    expect([reply.status, reply.headers.get('preference-applied')]).toEqual([200, null])
  })

  test('what was last asked for is there to be read, and says how far it goes', async () => {
    const id = await chatOf()
    const none = await server.call(`/chats/${id}/summary`, server.ava)
    expect([none.status, (none.body.detail as { code: string }).code]).toEqual([404, 'summary_not_found'])
    await server.summarize(id, { type: 'detailed' })
    await server.store(batch(id, [message('And another thing')]))
    const detailed = await server.call(`/chats/${id}/summary?summary_type=detailed`, server.ava)
    expect([detailed.status, detailed.body.covers_count]).toEqual([200, 2])
    expect((await server.call(`/chats/${id}/summary`, server.ava)).status).toBe(404)
    expect(server.model.runs).toBe(1)
  })
})

describe('long conversations', () => {
  test('a batch of five hundred messages is summarized at once', async () => {
    const id = await chatOf(numbered(500))
    expect((await server.summarize(id)).body).toMatchObject({
      covers_count: 500,
      covers_up_to: 'msg_0000000499',
    })
  })

  test('three thousand are, half of them archived', async () => {
    const id = freshId()
    for (let from = 0; from < 3_000; from += 500) {
      if (from === 1_500) await archiveChat(server.server.deps, keyOf(id))
      const words = Array.from({ length: 500 }, (_, n) =>
        message(`Line ${from + n} of the report about the turbine in hall ${n % 7} is ready.`),
      )
      expect((await server.store(batch(id, words))).status).toBe(200)
    }
    const { body } = await server.summarize(id, { type: 'detailed' })
    expect(ChatSummary.parse(body)).toMatchObject({ covers_count: 3_000, is_fallback: false })
    expect(body.summary).toContain('turbine')
  })
})

test('leaves no words in the log', () => {
  expect(JSON.stringify(server.server.logs)).not.toMatch(/Hello team|the project|turbine/)
})
