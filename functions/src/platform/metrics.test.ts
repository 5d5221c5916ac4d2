import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { createApp } from '../app.ts'
import { createDeps } from '../deps.ts'
import type { Config } from './config.ts'
import { testConfig } from './testing/test-config.ts'

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

async function start(config: Partial<Config> = {}) {
  const deps = createDeps(testConfig(undefined, config))
  const server = createApp(deps).listen(0, '127.0.0.1')
  closing.push(async () => {
    server.close()
    await deps.close()
  })
  await once(server, 'listening')
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return (path: string, init: RequestInit = {}) => fetch(`${base}${path}`, init)
}

test('counts and times requests by route, method and status', async () => {
  const ask = await start()
  await ask('/api/config')
  await ask('/api/config')
  await ask('/api/conversation/conv_secret_id')
  const reply = await ask('/metrics')
  expect([reply.status, reply.headers.get('content-type')]).toEqual([
    200,
    'text/plain; version=0.0.4; charset=utf-8',
  ])
  const text = await reply.text()
  expect(text).toContain('http_requests_total{route="/api/config",method="GET",status="200"} 2')
  expect(text).toContain(
    'http_request_duration_seconds_count{route="/api/config",method="GET",status="200"} 2',
  )
  expect(text).toContain(
    'http_errors_total{route="/api/conversation/{conversation_id}",method="GET",status="401"} 1',
  )
  expect(text).not.toContain('conv_secret_id')
  expect(text).toMatch(/^lifeline_open_streams 0$/m)
  expect(text).toMatch(/^lifeline_open_rooms 0$/m)
  expect(text).toContain('process_cpu_seconds_total')
})

test('paths and methods that callers make up are one', async () => {
  const ask = await start()
  for (let n = 0; n < 5; n += 1) await ask(`/made/up/${n}`, { method: n % 2 ? 'GET' : 'PROPFIND' })
  const text = await (await ask('/metrics')).text()
  expect(text).toContain('http_requests_total{route="unknown",method="GET",status="404"} 2')
  expect(text).toContain('http_requests_total{route="unknown",method="other",status="404"} 3')
  expect(text).not.toContain('made/up')
})

test('work given to the model is counted', async () => {
  const deps = createDeps(testConfig())
  closing.push(() => deps.close())
  deps.metrics.modelCall({ job: 'summarize', outcome: 'offline', tookMs: 20, requests: 0 })
  deps.metrics.modelCall({ job: 'summarize', outcome: 'repaired', tookMs: 900, requests: 2 })
  const text = await deps.metrics.text()
  expect(text).toContain('model_job_duration_seconds_count{job="summarize",outcome="repaired"} 1')
  expect(text).toContain('model_requests_total{job="summarize"} 2')
})

test.each<[string, Partial<Config>, string | undefined, number]>([
  ['with the token', { metricsToken: 'a-token-of-16-or-more' }, 'a-token-of-16-or-more', 200],
  ['with another', { metricsToken: 'a-token-of-16-or-more' }, 'another', 401],
  ['without one', { metricsToken: 'a-token-of-16-or-more' }, undefined, 401],
  ['where it is deployed and none is set', { emulators: null }, 'x', 404],
])('asked %s answers as it should', async (_, config, token, status) => {
  const ask = await start(config)
  const reply = await ask('/metrics', {
    headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
  })
  expect(reply.status).toBe(status)
})
