import { expect, test } from 'vitest'
import { testConfig } from '../platform/testing/test-config.ts'
import { createCheckPassword } from './check-password.ts'

const config = testConfig()
const signal = new AbortController().signal

/** Identity Toolkit saying one thing; keeps what it was asked. */
function toolkit(status: number, body: unknown) {
  const asked: { url: unknown; headers: unknown; body: unknown }[] = []
  const fetcher = async (url: string | URL | Request, init: RequestInit = {}) => {
    asked.push({ url, headers: init.headers, body: JSON.parse(init.body as string) })
    return new Response(typeof body === 'string' ? body : JSON.stringify(body), { status })
  }
  return { asked, fetcher }
}
const refusal = (message: string) => ({ error: { code: 400, message } })

test('asks Google with the API key of the project', async () => {
  const { asked, fetcher } = toolkit(200, { localId: 'admin_ava', idToken: 'x' })
  const deployed = { ...config, emulators: null, firebaseApiKey: 'k&y' }
  expect(await createCheckPassword(deployed, fetcher)('ava@acme.example', 'pw', signal)).toBe('admin_ava')
  expect(asked[0]?.url).toBe(
    'https://identitytoolkit.googleapis.com/v1/accounts:signInWithPassword?key=k%26y',
  )
  expect(asked[0]?.headers).toEqual({ 'content-type': 'application/json' })
  expect(asked[0]?.body).toEqual({
    email: 'ava@acme.example',
    password: 'pw',
    returnSecureToken: true,
  })
})

test('asks the Auth emulator for the project that it works for', async () => {
  const { asked, fetcher } = toolkit(200, { localId: 'admin_ava' })
  await createCheckPassword(config, fetcher)('ava@acme.example', 'pw', signal)
  expect(asked[0]?.url).toBe(
    'http://127.0.0.1:9/identitytoolkit.googleapis.com/v1/accounts:signInWithPassword?key=local',
  )
  expect(asked[0]?.body).toMatchObject({ targetProjectId: config.projectId })
})

test.each([
  'INVALID_LOGIN_CREDENTIALS',
  'INVALID_PASSWORD',
  'EMAIL_NOT_FOUND',
  'USER_DISABLED',
  'INVALID_EMAIL',
])('gives one answer to every kind of no: %s', async (message) => {
  const check = createCheckPassword(config, toolkit(400, refusal(message)).fetcher)
  await expect(check('e', 'p', signal)).rejects.toMatchObject({
    code: 'unauthenticated',
    message: 'Wrong e-mail address or password',
  })
})

test.each<[string, number, unknown, string]>([
  [
    'too many attempts',
    400,
    refusal('TOO_MANY_ATTEMPTS_TRY_LATER : Access has been disabled'),
    'too-many-requests',
  ],
  ['a wrong API key', 400, refusal('API key not valid. Please pass a valid API key.'), 'unavailable'],
  ['an outage', 503, 'upstream connect error', 'unavailable'],
  ['an answer that makes no sense', 200, { kind: 'other' }, 'unavailable'],
])('tells %s from a wrong password', async (_, status, body, code) => {
  const check = createCheckPassword(config, toolkit(status, body).fetcher)
  await expect(check('e', 'p', signal)).rejects.toMatchObject({ code })
})

test('says so when nothing answers', async () => {
  const check = createCheckPassword(config, async () => Promise.reject(new TypeError('fetch failed')))
  await expect(check('e', 'p', signal)).rejects.toMatchObject({ code: 'unavailable' })
})
