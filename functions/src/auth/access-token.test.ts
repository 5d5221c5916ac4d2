import jwt from 'jsonwebtoken'
import { expect, test } from 'vitest'
import { manualClock } from '../platform/testing/manual-clock.ts'
import { testConfig } from '../platform/testing/test-config.ts'
import { createAccessTokens } from './access-token.ts'

const config = testConfig(undefined, { accessTokenSeconds: 900 })
const { secret, issuer, audience } = config.jwt
const AVA = { uid: 'admin_ava', role: 'manager', company_id: 'c_acme' } as const

/** A token as ours, except for what `claims` and `options` change. */
function forged(claims: object, options: jwt.SignOptions = {}, key: string = secret): string {
  const iat = Math.floor(manualClock().now() / 1_000)
  const whole: Record<string, unknown> = {
    role: 'manager',
    company_id: 'c_acme',
    sid: 's1',
    iat,
    exp: iat + 900,
    ...claims,
  }
  for (const [name, value] of Object.entries(whole)) if (value === undefined) delete whole[name]
  return jwt.sign(whole, key, {
    algorithm: 'HS256',
    issuer,
    audience,
    subject: 'admin_ava',
    jwtid: 'j1',
    ...options,
  })
}

test('reads what it issued', () => {
  const clock = manualClock(1_760_000_000_999)
  const tokens = createAccessTokens(config, clock)
  const { token, expiresIn } = tokens.issue(AVA, 'session-1')
  expect(expiresIn).toBe(900)
  expect(tokens.read(token)).toEqual({
    kind: 'api',
    ...AVA,
    tokenId: expect.stringMatching(/^[\w-]{36}$/),
    sessionId: 'session-1',
    issuedAt: 1_760_000_000_000,
    expiresAt: 1_760_000_900_000,
  })
  expect(tokens.read(tokens.issue(AVA, 'session-1').token).tokenId).not.toBe(tokens.read(token).tokenId)
})

test('accepts a token until the second it ends, by the clock it was given', () => {
  const clock = manualClock(1_760_000_000_000)
  const tokens = createAccessTokens(config, clock)
  const { token } = tokens.issue(AVA, 's1')
  clock.advance(899_999)
  expect(tokens.read(token).uid).toBe('admin_ava')
  clock.advance(1)
  expect(() => tokens.read(token)).toThrow('The token has expired')
})

test('accepts the token that the refusals below are made from', () => {
  expect(createAccessTokens(config, manualClock()).read(forged({})).uid).toBe('admin_ava')
})

const [header, payload, signature] = forged({}).split('.')
const unsigned = Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url')

test.each<[string, string]>([
  ['without a signature and with alg none', `${unsigned}.${payload}.`],
  ['with alg none and the signature of another', `${unsigned}.${payload}.${signature}`],
  ['with alg nOnE', `${Buffer.from('{"alg":"nOnE"}').toString('base64url')}.${payload}.`],
  ['signed with another key', forged({}, {}, 'k'.repeat(64))],
  ['signed with a stronger algorithm that we never use', forged({}, { algorithm: 'HS512' })],
  ['for another audience', forged({}, { audience: 'somebody-else' })],
  ['from another issuer', forged({}, { issuer: 'lifeline:other' })],
  [
    'without an audience',
    jwt.sign({ role: 'manager', company_id: 'c_acme', sid: 's', exp: 9e9 }, secret, {
      issuer,
      subject: 'a',
      jwtid: 'j',
    }),
  ],
  ['that expired', forged({ exp: Math.floor(manualClock().now() / 1_000) })],
  ['that never ends', forged({ exp: undefined })],
  ['that is not valid yet', forged({ nbf: Math.floor(manualClock().now() / 1_000) + 60 })],
  ['with a role that we do not have', forged({ role: 'root' })],
  ['without a company', forged({ company_id: undefined })],
  ['for a user who could not exist', forged({}, { subject: 'a/b' })],
  [
    'without an id',
    jwt.sign({ role: 'manager', company_id: 'c_acme', sid: 's', exp: 9e9 }, secret, {
      issuer,
      audience,
      subject: 'a',
    }),
  ],
  [
    'with a changed payload',
    `${header}.${Buffer.from('{"sub":"admin_gus"}').toString('base64url')}.${signature}`,
  ],
  ['cut short', forged({}).slice(0, -10)],
  ['that is no token', 'not-a-token'],
  ['that is empty', ''],
])('refuses a token %s', (_, token) => {
  const tokens = createAccessTokens(config, manualClock())
  expect(() => tokens.read(token)).toThrow(expect.objectContaining({ code: 'unauthenticated', status: 401 }))
})
