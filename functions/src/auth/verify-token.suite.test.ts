import jwt from 'jsonwebtoken'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { createDeps } from '../deps.ts'
import { startTestApi } from './testing/test-api.ts'
import type { TestApi } from './testing/test-api.ts'
import { PASSWORD, addAdmin, addWorker, signIn } from './testing/test-people.ts'

let api: TestApi
beforeAll(async () => {
  api = await startTestApi(inject('suite'))
})
afterAll(() => api.close())

const verify = (token: string) => api.deps.verifyToken(token)
const refused = (code: string) => expect.objectContaining({ code })

test('reads our own tokens and Firebase ID tokens into the same shape', async () => {
  const { access_token } = await api.logIn()
  const idToken = await signIn(api.deps, 'ava@acme.example')
  const common = { uid: 'admin_ava', role: 'manager', company_id: 'c_acme' }
  expect(await verify(access_token)).toEqual({
    ...common,
    kind: 'api',
    tokenId: expect.any(String),
    sessionId: expect.stringMatching(/^[0-9a-f]{32}$/),
    issuedAt: expect.any(Number),
    expiresAt: Math.floor(api.clock.now() / 1_000) * 1_000 + 900_000,
  })
  const { iat = 0 } = jwt.decode(idToken) as jwt.JwtPayload
  expect(await verify(idToken)).toEqual({
    ...common,
    kind: 'firebase',
    tokenId: expect.stringMatching(/^[0-9a-f]{64}$/),
    sessionId: null,
    issuedAt: iat * 1_000,
    expiresAt: (iat + 3_600) * 1_000,
  })
})

test('names an ID token by what is signed, so that another spelling of it is not another token', async () => {
  const idToken = await signIn(api.deps, 'worker_1@workers.example')
  const { tokenId, expiresAt } = await verify(idToken)
  await api.deps.firestore.doc(`revoked_tokens/${tokenId}`).set({ expires_at: new Date(expiresAt) })
  await expect(verify(`${idToken}AA`)).rejects.toEqual(refused('unauthenticated'))
})

describe('refuses', () => {
  const now = () => Math.floor(Date.now() / 1_000)
  /** An ID token as the emulator makes them, for whoever we like. */
  const idToken = (claims: object, key: string | null = null) => {
    const project = api.deps.config.projectId
    const whole = {
      iss: `https://securetoken.google.com/${project}`,
      aud: project,
      auth_time: now() + 60,
      user_id: 'admin_ava',
      sub: 'admin_ava',
      iat: now() + 60,
      exp: now() + 3_600,
      role: 'manager',
      company_id: 'c_acme',
      firebase: { identities: {}, sign_in_provider: 'password' },
      ...claims,
    }
    return key === null
      ? jwt.sign(whole, '', { algorithm: 'none' })
      : jwt.sign(whole, key, { algorithm: 'HS256', keyid: 'k1' })
  }

  test('nothing that the emulator would issue, which the rows below start from', async () => {
    expect(await verify(idToken({}))).toMatchObject({ uid: 'admin_ava', kind: 'firebase' })
  })

  test.each<[string, () => string, string]>([
    ['an ID token of another project', () => idToken({ aud: 'demo-other' }), 'unauthenticated'],
    [
      'an ID token by another issuer',
      () => idToken({ iss: 'https://securetoken.google.com/demo-other' }),
      'unauthenticated',
    ],
    [
      'an expired ID token',
      () => idToken({ iat: now() - 7_200, auth_time: now() - 7_200, exp: now() - 3_600 }),
      'unauthenticated',
    ],
    ['an ID token of nobody', () => idToken({ sub: 'ghost', user_id: 'ghost' }), 'unauthenticated'],
    [
      'an ID token that claims another role than its user has',
      () => idToken({ role: 'admin' }),
      'unauthenticated',
    ],
    ['an ID token that claims another company', () => idToken({ company_id: 'c_globex' }), 'unauthenticated'],
    ['an ID token without a role', () => idToken({ role: undefined }), 'forbidden'],
    ['a token of ours by another key', () => jwt.sign({ role: 'admin' }, 'k'.repeat(32)), 'unauthenticated'],
    ['a huge token', () => `${'a'.repeat(100_000)}.b.c`, 'unauthenticated'],
    [
      'a huge issuer',
      () => jwt.sign({ iss: 'x'.repeat(5_000) }, api.deps.config.jwt.secret),
      'unauthenticated',
    ],
    ['dots', () => '..', 'unauthenticated'],
    [
      'JSON that is no object',
      () => `${Buffer.from('{"alg":"HS256"}').toString('base64url')}.bnVsbA.x`,
      'unauthenticated',
    ],
    ['NUL bytes', () => '\0.\0.\0', 'unauthenticated'],
  ])('%s', async (_, token, code) => {
    await expect(verify(token())).rejects.toEqual(refused(code))
  })

  test('unsigned and self-signed ID tokens where no emulator is configured', async () => {
    const { auth, database, firestore } = api.deps.config.emulators ?? {
      auth: '',
      database: '',
      firestore: '',
    }
    delete process.env.FIREBASE_AUTH_EMULATOR_HOST
    const deployed = createDeps({ ...api.deps.config, emulators: null }, { clock: api.clock })
    try {
      await expect(deployed.verifyToken(idToken({}))).rejects.toEqual(refused('unauthenticated'))
      await expect(deployed.verifyToken(idToken({}, 'k'.repeat(32)))).rejects.toEqual(
        refused('unauthenticated'),
      )
    } finally {
      Object.assign(process.env, {
        FIREBASE_AUTH_EMULATOR_HOST: auth,
        FIREBASE_DATABASE_EMULATOR_HOST: database,
        FIRESTORE_EMULATOR_HOST: firestore,
      })
      await deployed.close()
    }
  })
})

describe('stops accepting both kinds of token within five seconds when the user', () => {
  const account = { role: 'agent', company_id: 'c_acme' } as const

  test.each<[string, string, (uid: string) => Promise<unknown>]>([
    ['is disabled', 'u_disabled', (uid) => api.deps.auth.updateUser(uid, { disabled: true })],
    ['is deleted', 'u_deleted', (uid) => api.deps.auth.deleteUser(uid)],
    [
      'gets another role',
      'u_promoted',
      (uid) => api.deps.auth.setCustomUserClaims(uid, { ...account, role: 'manager' }),
    ],
    [
      'moves to another company',
      'u_moved',
      (uid) => api.deps.auth.setCustomUserClaims(uid, { ...account, company_id: 'c_x' }),
    ],
  ])('%s', async (_, uid, change) => {
    const email = `${uid}@acme.example`
    await addAdmin(api.deps, { uid, email, ...account })
    const tokens = [(await api.logIn(email)).access_token, await signIn(api.deps, email)]
    expect((await Promise.all(tokens.map(verify))).map((actor) => actor.uid)).toEqual([uid, uid])
    await change(uid)
    api.clock.advance(5_000)
    for (const token of tokens) await expect(verify(token)).rejects.toEqual(refused('unauthenticated'))
  })
})

test('stops accepting tokens from before a password was changed, and so does the refresh', async () => {
  const email = 'changer@acme.example'
  await addAdmin(api.deps, { uid: 'changer', email, role: 'agent', company_id: 'c_acme' })
  const { access_token, refresh_token } = await api.logIn(email)
  const changedAt = Math.ceil(api.clock.now() / 1_000) + 1
  await api.deps.auth.updateUser('changer', { password: PASSWORD })
  await setValidSince('changer', changedAt)
  api.clock.advance(5_000)
  await expect(verify(access_token)).rejects.toEqual(refused('unauthenticated'))
  expect((await api.refresh(refresh_token)).status).toBe(401)
})

/** Seconds since 1970; the emulator would take its own clock, which is behind ours. */
async function setValidSince(localId: string, validSince: number): Promise<void> {
  const { projectId, emulators } = api.deps.config
  const url = `http://${emulators?.auth}/identitytoolkit.googleapis.com/v1/projects/${projectId}/accounts:update`
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: 'Bearer owner' },
    body: JSON.stringify({ localId, validSince: String(validSince) }),
  })
  expect(response.status).toBe(200)
}

test('accepts the tokens of workers, who have no other way in', async () => {
  await addWorker(api.deps, { uid: 'worker_2', email: 'worker_2@workers.example', company_id: 'c_acme' })
  const actor = await verify(await signIn(api.deps, 'worker_2@workers.example'))
  expect(actor).toMatchObject({ uid: 'worker_2', role: 'worker', company_id: 'c_acme' })
})
