import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { systemClock } from '../platform/clock.ts'
import { createLogger } from '../platform/logger.ts'
import type { ModelCall } from './call-report.ts'
import { type Model, ModelError } from './model.ts'
import { createOpenAiModel, type OpenAiModelOptions } from './openai-model.ts'
import * as server from './testing/model-server.ts'
import { verdictJob } from './testing/test-job.ts'

const GOOD = { headline: 'Refund agreed', score: 4 }
const good = server.answers(GOOD)
const soon = { headers: { 'retry-after-ms': '5' } }

let fake: server.ModelServer
let calls: ModelCall[] = []
let lines: string[] = []

beforeAll(async () => {
  fake = await server.startModelServer(good)
})
afterAll(() => fake.close())
beforeEach(() => {
  fake.requests.length = 0
  calls = []
  lines = []
})

/** A model that knows nothing of the server yet. */
const modelFor = (behaviour: server.Behaviour, overrides: Partial<OpenAiModelOptions> = {}): Model => {
  fake.behave(behaviour)
  return createOpenAiModel({
    baseUrl: fake.baseUrl,
    apiKey: 'key-1',
    model: 'test-model',
    deadlineMs: 5_000,
    concurrency: 4,
    clock: systemClock,
    log: createLogger({ logLevel: 'trace' }, { write: (line: string) => lines.push(line) }),
    observe: (call) => calls.push(call),
    ...overrides,
  })
}
const failureOf = (model: Model, deadlineMs = 0): Promise<unknown> =>
  model.run(verdictJob, 'secret words', deadlineMs > 0 ? { deadlineMs } : {}).then(
    () => 'answered',
    (error: unknown) => error,
  )

test('asks for the schema with the key and says which model answered and what it cost', async () => {
  const answer = await modelFor(good).run(verdictJob, 'hello')
  expect(answer).toEqual({ output: GOOD, model: 'test-model-2', isFallback: false })
  expect(fake.requests).toMatchObject([
    {
      path: '/v1/chat/completions',
      authorization: 'Bearer key-1',
      body: {
        model: 'test-model',
        max_tokens: 100,
        messages: [{ role: 'system' }, { role: 'user', content: 'hello' }],
        response_format: {
          type: 'json_schema',
          json_schema: {
            name: 'verdict',
            schema: { required: ['headline', 'score'], additionalProperties: false },
          },
        },
      },
    },
  ])
  expect(calls).toMatchObject([
    { job: 'verdict', outcome: 'answered', requests: 1, tokens: { prompt: 11, completion: 7 } },
  ])
})

test('sends no bound that strict servers refuse, and holds the answer to it all the same', async () => {
  const model = modelFor(server.answers({ headline: '', score: 1 }))
  expect(await failureOf(model)).toMatchObject({ reason: 'wrong-shape' })
  expect(JSON.stringify(fake.requests[0]?.body.response_format)).not.toContain('maxLength')
})

test('sends images as data URLs beside the words', async () => {
  const job = {
    ...verdictJob,
    prompt: () => [
      { role: 'user' as const, content: 'look', images: [{ mimeType: 'image/png', base64: 'AAAA' }] },
    ],
  }
  await modelFor(good).run(job, '')
  expect(fake.requests[0]?.body.messages[0]?.content).toEqual([
    { type: 'text', text: 'look' },
    { type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } },
  ])
})

test.each([
  ['a 429 that says when to come back', server.fails(429, soon)],
  ['a 429 that does not', server.fails(429)],
  ['a fault of the server', server.fails(500, soon)],
  ['an overloaded server', server.fails(503, soon)],
  ['a reset', server.resets],
  ['a body that is cut', server.cutsBody],
  ['an answer without choices', server.hasNoChoices],
  ['an empty answer', server.says('')],
])('tries again after %s', async (_, bad) => {
  const { output } = await modelFor(server.inTurn(bad, good)).run(verdictJob, 'hello')
  expect(output).toEqual(GOOD)
  expect(fake.requests).toHaveLength(2)
  expect(calls).toMatchObject([{ outcome: 'answered', requests: 2 }])
})

test.each([
  ['an empty account', server.fails(429, { code: 'insufficient_quota' }), 'insufficient-quota', false, 1],
  ['a wrong key', server.fails(401), 'status-401', false, 1],
  ['an unknown path', server.fails(404), 'status-404', false, 1],
  ['a request that it cannot read', server.fails(400, { message: 'bad image' }), 'status-400', false, 1],
  ['a refusal', server.refuses, 'refusal', false, 1],
  ['an answer cut by its limit', server.says('{"headline": "Re', 'length'), 'length', false, 1],
  ['an answer that was filtered', server.says('', 'content_filter'), 'content-filter', false, 1],
  ['a page of HTML', server.sendsHtml, 'not-a-completion', false, 1],
  [
    'a wait longer than the deadline',
    server.fails(429, { headers: { 'retry-after': '3600' } }),
    'status-429',
    true,
    1,
  ],
  [
    'a date later than the deadline',
    server.fails(503, { headers: { 'retry-after': 'Fri, 31 Dec 2100 23:59:59 GMT' } }),
    'status-503',
    true,
    1,
  ],
  ['faults without end', server.fails(500, soon), 'status-500', true, 4],
  ['the wrong shape twice', server.answers({ title: 'x' }), 'wrong-shape', false, 2],
  ['no JSON twice', server.says('I think that it is fine.'), 'wrong-shape', false, 2],
] as const)('gives up after %s, without asking in vain', async (_, bad, reason, isTransient, requests) => {
  const error = await failureOf(modelFor(bad))
  expect(error).toBeInstanceOf(ModelError)
  expect(error).toMatchObject({ reason, isTransient })
  expect(fake.requests).toHaveLength(requests)
  expect(calls).toMatchObject([{ outcome: isTransient ? 'transient' : 'permanent', reason, requests }])
})

test.each([
  ['nothing at all', server.saysNothing],
  ['headers and then nothing', server.stalls],
  ['an answer that comes too late', server.delayed(3_000, good)],
])('gives up at the deadline on %s', async (_, bad) => {
  const error = await failureOf(modelFor(bad, { deadlineMs: 150 }))
  expect(error).toMatchObject({ reason: 'deadline', isTransient: true })
})

test('counts waiting for a place against the deadline, and asks nothing when it has passed', async () => {
  const model = modelFor(server.saysNothing, { deadlineMs: 1_000, concurrency: 1 })
  const errors = await Promise.all([failureOf(model), failureOf(model, 100)])
  expect(errors).toMatchObject([{ reason: 'deadline' }, { reason: 'deadline' }])
  expect(fake.requests).toHaveLength(1)
})

test('never has more requests open than allowed', async () => {
  let open = 0
  let most = 0
  const full = Promise.withResolvers<void>()
  const model = modelFor(
    async (request, response) => {
      open += 1
      most = Math.max(most, open)
      if (open === 3) full.resolve()
      response.on('close', () => (open -= 1))
      await full.promise
      return server.delayed(15, good)(request, response)
    },
    { concurrency: 3 },
  )
  await Promise.all(Array.from({ length: 12 }, () => model.run(verdictJob, 'hello')))
  expect(most).toBe(3)
})

test('answers everybody though every fifth question fails at first', async () => {
  const model = modelFor(server.everyQuestion(5, server.fails(503, soon), good), { concurrency: 3 })
  const answers = await Promise.all(Array.from({ length: 20 }, (_, n) => model.run(verdictJob, `hello ${n}`)))
  expect(answers.every(({ output }) => output.score === 4)).toBe(true)
  expect(fake.requests).toHaveLength(24)
})

test('throws the reason of the caller who gives up, and stops asking', async () => {
  const controller = new AbortController()
  const reason = new Error('the session was cancelled')
  const model = modelFor((request, response) => {
    controller.abort(reason)
    return server.saysNothing(request, response)
  })
  await expect(model.run(verdictJob, 'hello', { signal: controller.signal })).rejects.toBe(reason)
  await expect(model.run(verdictJob, 'hello', { signal: controller.signal })).rejects.toBe(reason)
  expect(fake.requests).toHaveLength(1)
  expect(calls).toMatchObject([{ outcome: 'aborted' }])
})

test.each([
  ['a fence', '```json\n{"headline": "Refund agreed", "score": 4}\n```'],
  [
    'thinking before it',
    '<think>The user {wants} a verdict.</think>\n{"headline": "Refund agreed", "score": 4}',
  ],
  ['thinking whose start is hidden', 'so, 4 it is</think>{"headline": "Refund agreed", "score": 4}'],
  ['talk around it', 'Here you are: {"headline": "Refund agreed", "score": 4} Anything else?'],
  ['braces in the talk around it', 'In {this} form: {"headline": "Refund agreed", "score": 4} {?}'],
  ['an example before a fence', 'Like {"a": 1}:\n```json\n{"headline": "Refund agreed", "score": 4}\n```'],
])('takes off %s', async (_, text) => {
  const { output } = await modelFor(server.says(text)).run(verdictJob, 'hello')
  expect(output).toEqual(GOOD)
  expect(fake.requests).toHaveLength(1)
})

test('tells the model once what was wrong with its answer', async () => {
  const model = modelFor(server.inTurn(server.says('{"headline": 7}'), good))
  expect(await model.run(verdictJob, 'hello')).toMatchObject({ output: GOOD })
  const repair = fake.requests[1]?.body.messages ?? []
  expect(repair.map(({ role }) => role)).toEqual(['system', 'user', 'assistant', 'user'])
  expect(repair[2]?.content).toBe('{"headline": 7}')
  expect(repair[3]?.content).toMatch(/expected string[\s\S]*headline[\s\S]*JSON Schema/)
  expect(calls).toMatchObject([{ outcome: 'repaired', tokens: { prompt: 22, completion: 14 } }])
})

test.each([
  ['json_schema', ['json_schema', 'json_schema']],
  ['json_object', ['json_schema', 'json_object', 'json_object']],
  ['plain', ['json_schema', 'json_object', undefined, undefined]],
] as const)('finds that a server knows %s at most, and remembers it', async (format, asked) => {
  const model = modelFor(server.knowsOnly(format, good))
  await model.run(verdictJob, 'hello')
  expect(await model.run(verdictJob, 'hello')).toMatchObject({ output: GOOD })
  expect(fake.requests.map(({ body }) => body.response_format?.type)).toEqual(asked)
  const inWords = JSON.stringify(fake.requests.at(-1)?.body.messages).includes('JSON Schema')
  expect(inWords).toBe(format !== 'json_schema')
})

test('names the limit of tokens as the server wants it, and remembers it', async () => {
  const model = modelFor((request, response) =>
    request.body.max_tokens === undefined
      ? good(request, response)
      : server.fails(400, { param: 'max_tokens', message: "Use 'max_completion_tokens' instead" })(
          request,
          response,
        ),
  )
  await model.run(verdictJob, 'hello')
  await model.run(verdictJob, 'hello')
  expect(fake.requests.map(({ body }) => body.max_completion_tokens)).toEqual([undefined, 100, 100])
})

test('logs numbers and names, and nothing that anybody wrote', async () => {
  await failureOf(modelFor(server.fails(400, { message: 'you sent: secret words' })))
  await modelFor(good).run(verdictJob, 'secret words')
  expect(lines).toHaveLength(2)
  expect(JSON.parse(lines[1] ?? '')).toMatchObject({ job: 'verdict', requests: 1 })
  expect(lines.join('')).not.toMatch(/secret|Refund|key-1/)
})

test('refuses an empty address, which the client would take for the public service', () => {
  expect(() => modelFor(good, { baseUrl: '' })).toThrow('needs an address')
})
