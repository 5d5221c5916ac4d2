import { get, onValue, ref, set } from 'firebase/database'
import { expect, test } from 'vitest'

import { connectClient, startTestDatabase, uploadRules } from '../testing/database.ts'
import { connectRaw } from '../testing/raw-client.ts'
import type { RawClient } from '../testing/raw-client.ts'

const encode = (part: unknown) => Buffer.from(JSON.stringify(part)).toString('base64url')
const unsigned = (claims: object) => `${encode({ alg: 'none', typ: 'JWT' })}.${encode(claims)}.`
const signed = (claims: object) => `${encode({ alg: 'RS256' })}.${encode(claims)}.c2lnbmF0dXJl`

const ownRules = {
  users: { $uid: { '.read': 'auth.uid === $uid', '.write': 'auth.uid === $uid' } },
  open: { '.read': true, '.write': true },
  claims: { '.read': "auth.token.role === 'admin' && auth.provider === 'password'" },
}

async function startWithRules(rules: object = ownRules) {
  const server = await startTestDatabase({ now: () => 1_000_000 })
  await uploadRules(server, rules)
  return server
}

const statusOf = async (client: RawClient, path: string) => (await client.request('g', { p: path, q: {} })).s

test('rules know who signed in, by the token that the SDK sends', async () => {
  const server = await startWithRules()
  const [ann, nobody] = [connectClient(server, { user: { sub: 'ann' } }), connectClient(server)]
  await set(ref(ann, 'users/ann'), 1)
  expect((await get(ref(ann, 'users/ann'))).val()).toBe(1)
  await expect(set(ref(ann, 'users/ben'), 1)).rejects.toThrow('PERMISSION_DENIED: Permission denied')
  await expect(get(ref(nobody, 'users/ann'))).rejects.toThrow('Permission denied')
  const refused = await new Promise<Error>((resolve) => {
    onValue(ref(nobody, 'users/ann'), () => undefined, resolve)
  })
  expect(refused.message).toContain('permission_denied')
})

test.each([
  ['an unsigned token whose time is over, as mock tokens are', unsigned({ sub: 'ann', iat: 0, exp: 999 })],
  ['a signed token whose time is not over', signed({ sub: 'ann', iat: 0, exp: 2000 })],
])('%s is believed', async (_title, cred) => {
  const client = await connectRaw(await startWithRules())
  const reply = await client.request('auth', { cred })
  expect(reply).toMatchObject({
    s: 'ok',
    d: { auth: { uid: 'ann', token: { sub: 'ann' } }, expires: expect.any(Number) },
  })
  expect(await statusOf(client, '/users/ann')).toBe('ok')
})

test.each([
  ['a signed token whose time is over', signed({ sub: 'ann', exp: 1000 }), 'expired_token'],
  ['a token for nobody', unsigned({ iat: 0 }), 'invalid_token'],
  ['text that is no token', 'x.y.z', 'invalid_token'],
  ['too few parts', unsigned({ sub: 'ann' }).slice(0, -1), 'invalid_token'],
  ['too many parts', `${unsigned({ sub: 'ann' })}.`, 'invalid_token'],
  ['nothing', '', 'invalid_token'],
  ['another secret', 'Owner', 'invalid_token'],
])('%s is refused, and changes nothing', async (_title, cred, status) => {
  const client = await connectRaw(await startWithRules())
  await client.request('auth', { cred: unsigned({ sub: 'ann' }) })
  expect((await client.request('auth', { cred })).s).toBe(status)
  expect(await statusOf(client, '/users/ann')).toBe('ok')
})

test('rules see custom claims and the provider', async () => {
  const client = await connectRaw(await startWithRules())
  const claims = { sub: 'ava', role: 'admin', firebase: { sign_in_provider: 'password', identities: {} } }
  await client.request('auth', { cred: unsigned({ ...claims, role: 'agent' }) })
  expect(await statusOf(client, '/claims')).toBe('permission_denied')
  await client.request('auth', { cred: unsigned(claims) })
  expect(await statusOf(client, '/claims')).toBe('ok')
})

test('no rule stops an administrator, unless another identity is asked for', async () => {
  const client = await connectRaw(await startWithRules())
  expect((await client.request('gauth', { cred: 'owner' })).s).toBe('ok')
  expect(await statusOf(client, '/users/ann')).toBe('ok')
  await client.request('gauth', { cred: 'owner', authvar: { uid: 'ben' } })
  expect([await statusOf(client, '/users/ann'), await statusOf(client, '/users/ben')]).toEqual([
    'permission_denied',
    'ok',
  ])
  await client.request('gauth', { cred: 'owner', noauth: true })
  expect([await statusOf(client, '/users/ben'), await statusOf(client, '/open')]).toEqual([
    'permission_denied',
    'ok',
  ])
})

test('a user cannot ask for another identity', async () => {
  const client = await connectRaw(await startWithRules())
  await client.request('auth', { cred: unsigned({ sub: 'ann' }), authvar: { uid: 'ben' } })
  expect([await statusOf(client, '/users/ann'), await statusOf(client, '/users/ben')]).toEqual([
    'ok',
    'permission_denied',
  ])
})

test('signing out or in as somebody else revokes the listens that the rules refuse then', async () => {
  const client = await connectRaw(await startWithRules())
  const newest = { i: '.key', l: 1, vf: 'r' }
  await client.request('auth', { cred: unsigned({ sub: 'ann' }) })
  await client.request('q', { p: '/users/ann', h: '' })
  await client.request('q', { p: '/users/ann/list', h: '', q: newest, t: 3 })
  await client.request('q', { p: '/open', h: '' })
  await client.request('auth', { cred: unsigned({ sub: 'ann', again: true }) })
  expect(client.pushes).toEqual([])
  await client.request('unauth', {})
  expect(client.pushes).toEqual([
    ['c', { p: 'users/ann' }],
    ['c', { p: 'users/ann/list', q: [newest] }],
  ])
  const writer = await connectRaw({ port: Number(new URL(client.socket.url).port) })
  await writer.request('gauth', { cred: 'owner' })
  await writer.request('m', { p: '/', d: { 'users/ann/list/a': 1, open: 2 } })
  await client.waitFor(({ d }) => d['a'] === 'd')
  expect(client.pushes.slice(2)).toEqual([['d', { p: 'open', d: 2 }]])
})

test('the SDK hears that its listen was revoked, with and without a query', async () => {
  const server = await startWithRules({ a: { '.read': true, '.write': true } })
  const database = connectClient(server)
  const errors: string[] = []
  const seen: unknown[] = []
  onValue(
    ref(database, 'a'),
    (snapshot) => seen.push(snapshot.val()),
    ({ message }) => errors.push(message),
  )
  await expect.poll(() => seen).toEqual([null])
  await uploadRules(server, { b: { '.read': true } })
  await expect.poll(() => errors).toEqual([expect.stringContaining('permission_denied')])
  expect(server.stats().listens['test']).toEqual([])
})

test('a read of a query is judged by the query', async () => {
  const rules = { list: { '.read': 'query.orderByKey && query.limitToLast <= 10' } }
  const client = await connectRaw(await startWithRules(rules))
  const status = async (query: object) => (await client.request('q', { p: '/list', h: '', q: query, t: 1 })).s
  expect(await status({ i: '.key', l: 10, vf: 'r' })).toBe('ok')
  expect(await status({ i: '.key', l: 11, vf: 'r' })).toBe('permission_denied')
  expect((await client.request('q', { p: '/list', h: '' })).s).toBe('permission_denied')
})

test('a stale base is told before the rules are asked, so that the client can try again on fresh data', async () => {
  const rules = { n: { '.read': true, '.write': true, '.validate': 'newData.val() === data.val() + 1' } }
  const client = await connectRaw(await startWithRules(rules))
  const owner = await connectRaw({ port: Number(new URL(client.socket.url).port) })
  await owner.request('gauth', { cred: 'owner' })
  await owner.request('p', { p: '/n', d: 5 })
  expect((await client.request('p', { p: '/n', d: 1, h: '' })).s).toBe('datastale')
  expect((await client.request('p', { p: '/n', d: 7 })).s).toBe('permission_denied')
  expect((await client.request('p', { p: '/n', d: 6 })).s).toBe('ok')
})
