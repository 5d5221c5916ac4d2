import { once } from 'node:events'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { bearer, errorOf, startTestApi, tokensOf } from './testing/test-api.ts'
import type { TestApi } from './testing/test-api.ts'
import { PASSWORD, addAdmin, signIn } from './testing/test-people.ts'

let api: TestApi
beforeAll(async () => {
  api = await startTestApi(inject('suite'))
})
afterAll(() => api.close())

describe('refresh', () => {
  test('gives new tokens for a refresh token, and both kinds work on', async () => {
    const first = await api.logIn()
    const second = await tokensOf(await api.refresh(first.refresh_token))
    expect(second.refresh_token).not.toBe(first.refresh_token)
    expect((await api.me(second.access_token)).status).toBe(200)
    expect((await api.refresh(second.refresh_token)).status).toBe(200)
  })

  test('ends the whole log-in when a refresh token comes a second time', async () => {
    const first = await api.logIn()
    const second = await tokensOf(await api.refresh(first.refresh_token))
    expect((await errorOf(await api.refresh(first.refresh_token))).slice(0, 2)).toEqual([
      401,
      'unauthenticated',
    ])
    expect((await api.refresh(second.refresh_token)).status).toBe(401)
    expect((await api.me(second.access_token)).status).toBe(401)
    expect((await api.me(first.access_token)).status).toBe(401)
    const other = await api.logIn()
    expect((await api.me(other.access_token)).status).toBe(200)
  })

  test('lets one of two at once through and then trusts neither', async () => {
    const { refresh_token } = await api.logIn()
    const answers = await Promise.all([api.refresh(refresh_token), api.refresh(refresh_token)])
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 401])
    const winner = answers.find(({ status }) => status === 200)
    const tokens = await tokensOf(winner ?? Response.error())
    expect((await api.refresh(tokens.refresh_token)).status).toBe(401)
    expect((await api.me(tokens.access_token)).status).toBe(401)
  })

  test.each(['x'.repeat(30), `${'0'.repeat(32)}.${'a'.repeat(43)}`, '../admins/admin_ava.aaaaaaaaaaaaa'])(
    'refuses %s',
    async (token) => {
      expect((await errorOf(await api.refresh(token))).slice(0, 2)).toEqual([401, 'unauthenticated'])
    },
  )

  test('stores no secret that would let somebody in', async () => {
    const { refresh_token } = await api.logIn()
    const [id, secret] = refresh_token.split('.')
    const stored = JSON.stringify((await api.deps.firestore.doc(`refresh_tokens/${id}`).get()).data())
    expect(stored).toContain('admin_ava')
    expect(stored).not.toContain(secret)
  })

  test('ends with the log-in, however often it was used', async () => {
    const { refresh_token } = await api.logIn()
    api.clock.advance(api.deps.config.refreshTokenSeconds * 1_000)
    expect((await api.refresh(refresh_token)).status).toBe(401)
  })

  test('looks at the account again', async () => {
    await addAdmin(api.deps, {
      uid: 'demoted',
      email: 'demoted@acme.example',
      role: 'agent',
      company_id: 'c_acme',
    })
    const { refresh_token } = await api.logIn('demoted@acme.example')
    await api.deps.firestore.doc('admins/demoted').delete()
    expect((await api.refresh(refresh_token)).status).toBe(403)
  })
})

describe('the refresh cookie', () => {
  const cookieOf = (response: Response) => response.headers.getSetCookie()[0] ?? ''
  const logInWithCookie = () =>
    api.post('login', { email: 'ava@acme.example', password: PASSWORD, refresh: 'cookie' })
  const pair = (cookie: string) => cookie.split(';')[0] ?? ''

  test('holds the token where no script and no other site gets at it', async () => {
    const response = await logInWithCookie()
    expect(cookieOf(response)).toMatch(
      /^__session=[0-9a-f]{32}\.[\w-]{43}; Path=\/api\/auth; Expires=.* GMT; HttpOnly; SameSite=Strict$/,
    )
    expect(await response.json()).not.toHaveProperty('refresh_token')
  })

  test('is replaced by each refresh and cleared by a log-out', async () => {
    const first = cookieOf(await logInWithCookie())
    const refreshed = await fetch(`${api.base}/api/auth/refresh`, {
      method: 'POST',
      headers: { cookie: pair(first) },
    })
    const second = cookieOf(refreshed)
    expect([refreshed.status, pair(second) === pair(first)]).toEqual([200, false])
    expect(await refreshed.json()).not.toHaveProperty('refresh_token')
    const out = await fetch(`${api.base}/api/auth/logout`, {
      method: 'POST',
      headers: { cookie: pair(second) },
    })
    expect([out.status, cookieOf(out)]).toEqual([
      200,
      expect.stringMatching(/^__session=; .*Expires=Thu, 01 Jan 1970/),
    ])
    const again = await fetch(`${api.base}/api/auth/refresh`, {
      method: 'POST',
      headers: { cookie: pair(second) },
    })
    expect([again.status, cookieOf(again)]).toEqual([401, expect.stringMatching(/^__session=;/)])
  })

  // Browsers keep what a top-level form post answers with, also for a strict cookie.
  test.each(['logout', 'refresh'])('is not cleared by a %s that came without it', async (path) => {
    const response = await fetch(`${api.base}/api/auth/${path}`, {
      method: 'POST',
      headers: { origin: 'https://evil.example', 'content-type': 'application/x-www-form-urlencoded' },
    })
    expect([response.status, response.headers.getSetCookie()]).toEqual([401, []])
  })

  test('is missed politely', async () => {
    const response = await fetch(`${api.base}/api/auth/refresh`, { method: 'POST' })
    expect(await errorOf(response)).toEqual([401, 'unauthenticated', 'Send a refresh token'])
  })
})

describe('log-out', () => {
  test('blacklists the access token and ends the refresh token with it', async () => {
    const { access_token, refresh_token } = await api.logIn()
    const out = await api.post('logout', {}, bearer(access_token))
    expect([out.status, await out.json()]).toEqual([200, { success: true }])
    expect(await errorOf(await api.me(access_token))).toEqual([
      401,
      'unauthenticated',
      'The token has been revoked',
    ])
    expect((await api.refresh(refresh_token)).status).toBe(401)
    expect((await api.post('logout', {}, bearer(access_token))).status).toBe(401)
  })

  test('works by refresh token alone, after the access token has expired', async () => {
    const { access_token, refresh_token } = await api.logIn()
    expect((await api.post('logout', { refresh_token })).status).toBe(200)
    expect((await api.me(access_token)).status).toBe(401)
  })

  test('reaches what is open at once: the clock stands still, so that no timer had a part in it', async () => {
    const { access_token } = await api.logIn()
    const revoked = api.deps.revocations.watch(
      await api.deps.verifyToken(access_token),
      new AbortController().signal,
    )
    const ended = once(revoked, 'abort')
    await api.post('logout', {}, bearer(access_token))
    await ended
    expect(revoked.reason).toMatchObject({ code: 'unauthenticated', message: 'The token has been revoked' })
  })

  test('reaches the ID tokens of workers too', async () => {
    const token = await signIn(api.deps, 'worker_1@workers.example')
    expect(await (await api.me(token)).json()).toMatchObject({
      user: { uid: 'worker_1', role: 'worker', name: 'Wim' },
    })
    expect((await api.post('logout', {}, bearer(token))).status).toBe(200)
    expect((await api.me(token)).status).toBe(401)
  })
})
