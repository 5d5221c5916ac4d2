import { afterAll, beforeAll, expect, test } from 'vitest'
import { systemClock } from '../platform/clock.ts'
import { ConfigError, loadConfig } from '../platform/config.ts'
import { createLogger } from '../platform/logger.ts'
import { testConfig } from '../platform/testing/test-config.ts'
import type { ModelCall } from './call-report.ts'
import { createModel } from './create-model.ts'
import { ModelError, OFFLINE_MODEL } from './model.ts'
import * as server from './testing/model-server.ts'
import { verdictJob } from './testing/test-job.ts'

const OFFLINE = { headline: 'by plain methods', score: null }
const calls: ModelCall[] = []
let fake: server.ModelServer

beforeAll(async () => {
  fake = await server.startModelServer(server.fails(401))
})
afterAll(() => fake.close())

const modelAt = (baseUrl: string | null) => {
  const config = testConfig()
  return createModel({
    config: {
      models: { ...config.models, server: baseUrl === null ? null : { baseUrl, apiKey: 'none', model: 'm' } },
    },
    clock: systemClock,
    log: createLogger(config),
    observe: (call) => calls.push(call),
  })
}

test('answers by plain methods where no server is named, and that is no failure', async () => {
  expect(await modelAt(null).run(verdictJob, 'x')).toEqual({
    output: OFFLINE,
    model: OFFLINE_MODEL,
    isFallback: false,
  })
  expect(calls.at(-1)).toMatchObject({ job: 'verdict', outcome: 'offline', requests: 0 })
})

test('answers by plain methods and says so when the server fails', async () => {
  expect(await modelAt(fake.baseUrl).run(verdictJob, 'x')).toEqual({
    output: OFFLINE,
    model: OFFLINE_MODEL,
    isFallback: true,
  })
})

test('throws instead where the caller wants to try again later', async () => {
  const run = modelAt(fake.baseUrl).run(verdictJob, 'x', { onFailure: 'throw' })
  await expect(run).rejects.toBeInstanceOf(ModelError)
})

test('gives no answer to a caller who has left', async () => {
  const gone = AbortSignal.abort(new Error('gone'))
  for (const model of [modelAt(null), modelAt(fake.baseUrl)]) {
    await expect(model.run(verdictJob, 'x', { signal: gone })).rejects.toThrow('gone')
  }
})

const env = { GCLOUD_PROJECT: 'p', JWT_SECRET: 'x'.repeat(32), FIREBASE_API_KEY: 'k' }

test.each([
  ['nothing', {}, null],
  ['a key alone', { OPENAI_API_KEY: 'k' }, null],
  ['a key and an empty address', { OPENAI_API_KEY: 'k', OPENAI_BASE_URL: '', OPENAI_MODEL: 'm' }, null],
  [
    'an address and a model',
    { OPENAI_BASE_URL: 'http://127.0.0.1:8080/v1', OPENAI_MODEL: 'm' },
    { baseUrl: 'http://127.0.0.1:8080/v1', model: 'm', apiKey: 'none' },
  ],
])('asks only a server that is named: %s', (_, models, expected) => {
  expect(loadConfig({ ...env, ...models }).models.server).toEqual(expected)
})

test('does not start with a server and no model', () => {
  expect(() => loadConfig({ ...env, OPENAI_BASE_URL: 'http://127.0.0.1:8080/v1' })).toThrow(ConfigError)
})
