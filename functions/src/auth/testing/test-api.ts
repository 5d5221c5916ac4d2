import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { createApp } from '../../app.ts'
import { createDeps } from '../../deps.ts'
import type { Deps } from '../../deps.ts'
import { manualClock } from '../../platform/testing/manual-clock.ts'
import type { ManualClock } from '../../platform/testing/manual-clock.ts'
import { testConfig } from '../../platform/testing/test-config.ts'
import type { SuiteHosts } from '../../platform/testing/test-config.ts'
import type { LoginReply, TokenReply } from '../schema.ts'
import { PASSWORD, addAdmin, addWorker } from './test-people.ts'

interface WithRefreshToken {
  refresh_token: string
}

/** The app on a running suite, with Ava (manager), Ben (her agent) and a worker of Acme. */
export interface TestApi {
  deps: Deps
  clock: ManualClock
  base: string
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Response>
  me(token: string): Promise<Response>
  /** Logs in as somebody who is expected to be let in. */
  logIn(email?: string): Promise<LoginReply & WithRefreshToken>
  refresh(refreshToken: string): Promise<Response>
  close(): Promise<void>
}

export const bearer = (token: string) => ({ authorization: `Bearer ${token}` })

/** Status, code and message of a refusal. */
export async function errorOf(response: Response): Promise<[number, string, string]> {
  const { error } = (await response.json()) as { error: { code: string; message: string } }
  return [response.status, error.code, error.message]
}

export async function tokensOf(response: Response): Promise<TokenReply & WithRefreshToken> {
  if (!response.ok) throw new Error(`no tokens but ${response.status}`)
  return (await response.json()) as TokenReply & WithRefreshToken
}

export async function startTestApi(suite: SuiteHosts): Promise<TestApi> {
  // Ahead of the emulator's own clock, since no token may be older than its account.
  const clock = manualClock(Date.now() + 60_000)
  const deps = createDeps(testConfig(suite), { clock })
  const company_id = 'c_acme'
  await Promise.all([
    deps.firestore.doc('companies/c_acme').set({ name: 'Acme' }),
    addAdmin(deps, { uid: 'admin_ava', email: 'ava@acme.example', role: 'manager', company_id, name: 'Ava' }),
    addAdmin(deps, {
      uid: 'admin_ben',
      email: 'ben@acme.example',
      role: 'agent',
      company_id,
      manager_id: 'admin_ava',
    }),
    addWorker(deps, { uid: 'worker_1', email: 'worker_1@workers.example', company_id, name: 'Wim' }),
  ])
  const server = createApp(deps).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const post: TestApi['post'] = (path, body, headers = {}) =>
    fetch(`${base}/api/auth/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    })
  return {
    deps,
    clock,
    base,
    post,
    me: (token) => fetch(`${base}/api/auth/me`, { headers: bearer(token) }),
    async logIn(email = 'ava@acme.example') {
      const response = await post('login', { email, password: PASSWORD })
      if (!response.ok) throw new Error(`${email} was not let in: ${response.status}`)
      return (await response.json()) as LoginReply & WithRefreshToken
    },
    refresh: (refresh_token) => post('refresh', { refresh_token }),
    async close() {
      server.close()
      await deps.close()
    },
  }
}
