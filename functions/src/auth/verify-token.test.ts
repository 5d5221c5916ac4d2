import type { DecodedIdToken } from 'firebase-admin/auth'
import jwt from 'jsonwebtoken'
import { expect, test } from 'vitest'
import { manualClock } from '../platform/testing/manual-clock.ts'
import { testConfig } from '../platform/testing/test-config.ts'
import { createAccessTokens } from './access-token.ts'
import { createVerifyToken } from './verify-token.ts'
import type { VerifyTokenDeps } from './verify-token.ts'

const config = testConfig()
const clock = manualClock()
const accessTokens = createAccessTokens(config, clock)
const AVA = { uid: 'ava', role: 'manager', company_id: 'c_acme' } as const
const idToken = jwt.sign({ iss: `https://securetoken.google.com/${config.projectId}`, sub: 'ava' }, 'google')

/** A verifier whose neighbours all say yes, except for what a test replaces. */
function verifier(overrides: Partial<VerifyTokenDeps> = {}) {
  const asked: string[][] = []
  const verify = createVerifyToken({
    config,
    accessTokens,
    auth: { verifyIdToken: async () => ({ ...AVA, iat: 1, exp: 2 }) as unknown as DecodedIdToken },
    accounts: {
      get: async (uid) => ({
        uid,
        disabled: false,
        claims: { role: AVA.role, company_id: AVA.company_id },
        validSince: 0,
        email: null,
        displayName: null,
      }),
    },
    blacklist: {
      async includesAny(ids) {
        asked.push([...ids])
        return false
      },
    },
    ...overrides,
  })
  return { verify, asked }
}

test('asks the blacklist for the token and for the log-in that it came from', async () => {
  const { verify, asked } = verifier()
  const { tokenId } = await verify(accessTokens.issue(AVA, 'session-1').token)
  expect(asked).toEqual([[tokenId, 'session-1']])
})

test('gives an ID token one name however its signature is spelled', async () => {
  const { verify } = verifier()
  const [first, second] = await Promise.all([verify(idToken), verify(`${idToken.slice(0, -1)}_`)])
  expect(first.tokenId).toMatch(/^[0-9a-f]{64}$/)
  expect(second.tokenId).toBe(first.tokenId)
  const other = jwt.sign({ iss: `https://securetoken.google.com/${config.projectId}`, sub: 'ben' }, 'google')
  expect((await verify(other)).tokenId).not.toBe(first.tokenId)
})

test('refuses a genuine token that is far longer than any of ours', async () => {
  const { secret, issuer, audience } = config.jwt
  const sign = (padding: string) =>
    jwt.sign({ role: 'manager', company_id: 'c_acme', sid: 's', padding, exp: 9e9 }, secret, {
      issuer,
      audience,
      subject: 'ava',
      jwtid: 'j',
    })
  const { verify } = verifier()
  expect((await verify(sign('x'.repeat(100)))).uid).toBe('ava')
  await expect(verify(sign('x'.repeat(4_000)))).rejects.toMatchObject({ code: 'unauthenticated' })
})

test.each([
  ['auth/id-token-expired', 'unauthenticated', 'The token has expired'],
  ['auth/argument-error', 'unauthenticated', 'The token is not valid'],
  ['auth/user-disabled', 'unauthenticated', 'The token is not valid'],
  ['auth/internal-error', 'unavailable', 'The identity service does not answer'],
  ['ECONNREFUSED', 'unavailable', 'The identity service does not answer'],
])('tells a bad ID token from a verifier in trouble: %s', async (code, expected, message) => {
  const verifyIdToken = async () => Promise.reject(Object.assign(new Error('quoted'), { code }))
  await expect(verifier({ auth: { verifyIdToken } }).verify(idToken)).rejects.toMatchObject({
    code: expected,
    message,
  })
})
