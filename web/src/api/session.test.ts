import { expect, test } from 'vitest'
import { ApiClient } from './client.ts'
import { ApiError, SignedOutError, UnreachableError } from './errors.ts'
import type { Fetch } from './http.ts'
import { Session, type SessionPorts } from './session.ts'

const AVA = {
  uid: 'admin_ava',
  role: 'manager',
  company_id: 'c_acme',
  company_name: 'Acme',
  name: 'Ava',
  email: 'ava@acme.example',
  manager_id: null,
}

type Tab = (note: unknown) => void

/** A server with one account and a rotating cookie: a refresh token used twice revokes everything. */
function fakeServer() {
  let generation = 0
  let cookie: number | undefined
  let isUp = true
  const revoked = new Set<string>()
  const paths: string[] = []
  const json = (status: number, body: unknown) => Response.json(body, { status })
  const refused = (status: number, code: string) =>
    json(status, { success: false, error: { code, message: `${code}!`, timestamp: '2025-10-03T11:58:04Z' } })
  const issue = (extra = {}) => {
    cookie = ++generation
    const token = { access_token: `token-${generation}`, token_type: 'bearer', expires_in: 900 }
    return json(200, { ...token, ...extra })
  }
  const answer: Fetch = async (path, init) => {
    paths.push(path)
    await Promise.resolve()
    if (!isUp) throw new TypeError('fetch failed')
    const token = new Headers(init.headers).get('authorization')?.replace('Bearer ', '')
    if (path === '/api/auth/login') {
      const { password } = JSON.parse(typeof init.body === 'string' ? init.body : '') as { password: string }
      return password === 'right' ? issue({ success: true, user: AVA }) : refused(401, 'wrong')
    }
    if (path === '/api/auth/refresh') return cookie === undefined ? refused(401, 'none') : issue()
    if (path === '/api/auth/logout') cookie = undefined
    if (token === undefined || revoked.has(token)) return refused(401, 'unauthenticated')
    if (path === '/api/auth/me') return json(200, { success: true, user: AVA })
    return json(200, { success: true, calls: [], total: 0, next_cursor: null })
  }
  return {
    answer,
    paths,
    revoke: (token: string) => revoked.add(token),
    forget: () => (cookie = undefined),
    setUp: (next: boolean) => (isUp = next),
    count: (path: string) => paths.filter((each) => each === path).length,
  }
}

function fakeBrowser(server = fakeServer()) {
  const tabs: Tab[] = []
  let now = 0
  let queue: Promise<unknown> = Promise.resolve()
  const marks = new Map<string, string>()
  const waits: number[] = []
  const openTab = () => {
    let own: Tab = () => undefined
    const ports: SessionPorts = {
      fetch: server.answer,
      now: () => now,
      delay: (ms) => {
        waits.push(ms)
        now += ms
        return Promise.resolve()
      },
      storage: {
        getItem: (key) => marks.get(key) ?? null,
        setItem: (key, value) => void marks.set(key, value),
        removeItem: (key) => void marks.delete(key),
      },
      exclusively: (work) => {
        const turn = queue.then(work)
        queue = turn.catch(() => undefined)
        return turn
      },
      tabs: {
        tell: (note) => tabs.filter((tab) => tab !== own).forEach((tab) => tab(note)),
        listen: (listener) => tabs.push((own = listener)),
      },
    }
    const session = new Session(ports)
    return { session, client: new ApiClient({ fetch: server.answer, session }) }
  }
  return { server, openTab, waits, marks, pass: (ms: number) => (now += ms) }
}

const { signal } = new AbortController()
const statusOf = (session: Session) => session.state().status

test('signs in, and again after a reload through the cookie', async () => {
  const { openTab } = fakeBrowser()
  const { session } = openTab()
  await session.login('ava@acme.example', 'right')
  expect(session.state()).toEqual({ status: 'signed-in', me: AVA })

  const reloaded = openTab().session
  expect(statusOf(reloaded)).toBe('restoring')
  await reloaded.restore()
  expect(reloaded.state()).toEqual({ status: 'signed-in', me: AVA })
})

test('says plainly why a log-in failed', async () => {
  const { openTab, server } = fakeBrowser()
  const { session } = openTab()
  await expect(session.login('ava@acme.example', 'wrong')).rejects.toThrow(ApiError)
  server.setUp(false)
  await expect(session.login('ava@acme.example', 'right')).rejects.toThrow(UnreachableError)
})

test('is signed out without a cookie, and only unreachable without a server', async () => {
  const { openTab, server } = fakeBrowser()
  const { session } = openTab()
  await session.restore()
  expect(session.state()).toEqual({ status: 'signed-out', reason: 'never' })
  server.setUp(false)
  await session.restore()
  expect(statusOf(session)).toBe('unreachable')
})

test('renews a token that is about to expire, once for all who ask', async () => {
  const { openTab, server, pass } = fakeBrowser()
  const { session } = openTab()
  await session.login('ava@acme.example', 'right')
  expect(await session.accessToken()).toBe('token-1')
  pass(850_000)
  expect(await Promise.all([session.accessToken(), session.accessToken()])).toEqual(['token-2', 'token-2'])
  expect(server.count('/api/auth/refresh')).toBe(1)
})

test('sends a refused request again with a new token, and only once', async () => {
  const { openTab, server } = fakeBrowser()
  const { session, client } = openTab()
  await session.login('ava@acme.example', 'right')
  server.revoke('token-1')
  expect(await client.calls(signal)).toEqual([])
  expect(server.count('/api/calls?limit=500')).toBe(2)

  server.revoke('token-2')
  server.revoke('token-3')
  await expect(client.calls(signal)).rejects.toThrow(ApiError)
  expect(session.state()).toEqual({ status: 'signed-out', reason: 'expired' })
})

test('is signed out when the token cannot be renewed', async () => {
  const { openTab, server, pass } = fakeBrowser()
  const { session, client } = openTab()
  await session.login('ava@acme.example', 'right')
  pass(900_000)
  server.forget()
  await expect(client.calls(signal)).rejects.toThrow(SignedOutError)
  expect(session.state()).toEqual({ status: 'signed-out', reason: 'expired' })
})

test('stays signed in when the server is away', async () => {
  const { openTab, server, pass } = fakeBrowser()
  const { session, client } = openTab()
  await session.login('ava@acme.example', 'right')
  pass(900_000)
  server.setUp(false)
  await expect(client.calls(signal)).rejects.toThrow(UnreachableError)
  expect(statusOf(session)).toBe('signed-in')
})

test('signs all tabs out together, and in again', async () => {
  const { openTab } = fakeBrowser()
  const [first, second] = [openTab().session, openTab().session]
  await first.login('ava@acme.example', 'right')
  await expect.poll(() => statusOf(second)).toBe('signed-in')
  await second.logout()
  expect(statusOf(first)).toBe('signed-out')
  await expect(first.accessToken()).rejects.toThrow(SignedOutError)
})

test('does not come back after a logout that the server could not be told', async () => {
  const { openTab, server } = fakeBrowser()
  const { session } = openTab()
  await session.login('ava@acme.example', 'right')
  server.setUp(false)
  await session.logout()
  expect(session.state()).toEqual({ status: 'signed-out', reason: 'logged-out' })

  server.setUp(true)
  const reloaded = openTab().session
  await reloaded.restore()
  expect(statusOf(reloaded)).toBe('signed-out')
  expect(server.count('/api/auth/logout')).toBe(2)
  await reloaded.login('ava@acme.example', 'right')
  const again = openTab().session
  await again.restore()
  expect(statusOf(again)).toBe('signed-in')
})

test.each([
  ['waits for the cookie of a page that was left in the middle of a refresh', 500, [1_500]],
  ['does not wait for one that was left long ago', 60_000, []],
])('%s', async (_, age, expected) => {
  const { openTab, waits, marks, pass } = fakeBrowser()
  await openTab().session.login('ava@acme.example', 'right')
  pass(1_000)
  marks.set('lifeline-refresh-since', '1000')
  pass(age)
  const { session } = openTab()
  await session.restore()
  expect(statusOf(session)).toBe('signed-in')
  expect(waits).toEqual(expected)
  await openTab().session.restore()
  expect(waits).toEqual(expected)
})

test('is not signed in again by an answer that comes after the logout', async () => {
  const { openTab } = fakeBrowser()
  const { session } = openTab()
  await session.login('ava@acme.example', 'right')
  const late = session.restore()
  await session.logout()
  await late
  expect(statusOf(session)).toBe('signed-out')
  expect(session.currentToken()).toBeUndefined()
})
