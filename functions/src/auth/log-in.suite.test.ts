import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { errorOf, startTestApi, tokensOf } from './testing/test-api.ts'
import type { TestApi } from './testing/test-api.ts'
import { PASSWORD, addAdmin } from './testing/test-people.ts'

let api: TestApi
beforeAll(async () => {
  api = await startTestApi(inject('suite'))
})
afterAll(() => api.close())

describe('log-in', () => {
  test('answers JSON with tokens and who they stand for', async () => {
    const response = await api.post('login', { email: ' Ava@Acme.example', password: PASSWORD })
    expect([response.status, response.headers.get('cache-control')]).toEqual([200, 'no-store'])
    expect(response.headers.get('set-cookie')).toBeNull()
    expect(await response.json()).toEqual({
      success: true,
      access_token: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
      token_type: 'bearer',
      expires_in: 900,
      refresh_token: expect.stringMatching(/^[0-9a-f]{32}\.[\w-]{43}$/),
      user: {
        uid: 'admin_ava',
        role: 'manager',
        company_id: 'c_acme',
        company_name: 'Acme',
        name: 'Ava',
        email: 'ava@acme.example',
        manager_id: null,
      },
    })
  })

  test('takes the OAuth2 password form', async () => {
    const body = new URLSearchParams({
      grant_type: 'password',
      username: 'ben@acme.example',
      password: PASSWORD,
      scope: '',
    })
    const response = await fetch(`${api.base}/api/auth/token`, { method: 'POST', body })
    const tokens = await tokensOf(response)
    expect([response.status, tokens.token_type]).toEqual([200, 'bearer'])
    expect(await (await api.me(tokens.access_token)).json()).toMatchObject({
      success: true,
      user: { uid: 'admin_ben', role: 'agent', manager_id: 'admin_ava' },
    })
  })

  test('answers a wrong password and an unknown user in the same words', async () => {
    const wrong = await errorOf(await api.post('login', { email: 'ava@acme.example', password: 'guess' }))
    const unknown = await errorOf(
      await api.post('login', { email: 'nobody@acme.example', password: PASSWORD }),
    )
    expect(wrong).toEqual([401, 'unauthenticated', 'Wrong e-mail address or password'])
    expect(unknown).toEqual(wrong)
  })

  test.each<[string, unknown]>([
    ['no password', { email: 'ava@acme.example' }],
    ['an address that is none', { email: 'ava', password: PASSWORD }],
    ['nothing', null],
  ])('refuses %s', async (_, body) => {
    expect((await errorOf(await api.post('login', body))).slice(0, 2)).toEqual([400, 'invalid-input'])
  })

  test.each<[string, string, (uid: string) => Promise<unknown>]>([
    [
      'is a worker',
      'w',
      (uid) => api.deps.auth.setCustomUserClaims(uid, { role: 'worker', company_id: 'c_acme' }),
    ],
    ['has no claims', 'n', (uid) => api.deps.auth.setCustomUserClaims(uid, null)],
    ['has no admin record', 'r', (uid) => api.deps.firestore.doc(`admins/${uid}`).delete()],
    [
      'has a record of another company',
      'c',
      (uid) => api.deps.firestore.doc(`admins/${uid}`).update({ company_id: 'c_x' }),
    ],
  ])('refuses somebody who %s', async (_, id, change) => {
    const email = `half_${id}@acme.example`
    await addAdmin(api.deps, { uid: `half_${id}`, email, role: 'agent', company_id: 'c_acme' })
    await change(`half_${id}`)
    expect(await errorOf(await api.post('login', { email, password: PASSWORD }))).toEqual([
      403,
      'forbidden',
      'This account is not set up for the console',
    ])
  })

  test('slows down guessing', async () => {
    const guess = () => api.post('login', { email: 'guessed@acme.example', password: 'guess' })
    const answers = await Promise.all(Array.from({ length: 12 }, guess))
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(10)
    const refused = answers.find(({ status }) => status === 429)
    expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThan(800)
  })
})
