import { expect, test } from 'vitest'
import { AppError } from '../platform/errors.ts'
import type { CheckPassword } from './check-password.ts'
import { createLogIn } from './log-in.ts'
import type { LogInDeps } from './log-in.ts'
import { createLoginThrottle } from './login-throttle.ts'

const guess = (logIn: ReturnType<typeof createLogIn>, signal: AbortSignal) =>
  logIn.withPassword({ email: 'ava@acme.example', password: 'guess', address: '10.0.0.1', signal }).then(
    () => 'in',
    (error: AppError) => error.code,
  )

/** Fails as the real one does when the caller has gone, or the service is away. */
const checkPassword: CheckPassword = async () => {
  throw new AppError('unavailable', 'The identity service does not answer')
}
const logInWith = (throttle: LogInDeps['throttle']) =>
  // Nobody gets past the password here.
  createLogIn({ checkPassword, throttle } as LogInDeps)

test('counts guesses whose caller did not wait for the answer, for the identity service counts them too', async () => {
  const logIn = logInWith(createLoginThrottle())
  for (let n = 0; n < 10; n += 1) await guess(logIn, AbortSignal.abort())
  expect(await guess(logIn, new AbortController().signal)).toBe('too-many-requests')
})

test('counts no outage', async () => {
  const logIn = logInWith(createLoginThrottle())
  for (let n = 0; n < 20; n += 1) expect(await guess(logIn, new AbortController().signal)).toBe('unavailable')
})
