import type { Request } from 'express'
import type { Deps } from '../deps.ts'
import { AppError } from '../platform/errors.ts'
import { bearerToken } from '../platform/bearer.ts'
import { defineRoute } from '../platform/route.ts'
import type { Route } from '../platform/route.ts'
import type { Tokens } from './log-in.ts'
import { createRefreshCookie } from './refresh-cookie.ts'
import {
  LoginBody,
  LoginReply,
  LogoutBody,
  LogoutReply,
  MeReply,
  RefreshBody,
  TokenForm,
  TokenReply,
} from './schema.ts'

const tags = ['identity']
const TOKENS = {
  access_token: 'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJyb2xlIjoibWFuYWdlciJ9.c2lnbmF0dXJl',
  token_type: 'bearer',
  expires_in: 900,
} as const
const REFRESH_TOKEN = '9f2c1e0a4b7d4c1f8a3e5d6b7c8d9e0f.kq3v9b0mXo2n7T1c5rYz8wLh4uEjGdPaSfKiVtBxNmQ'
const AVA = {
  uid: 'admin_ava',
  role: 'manager',
  company_id: 'c_acme',
  company_name: 'Acme',
  name: 'Ava',
  email: 'ava@acme.example',
  manager_id: null,
} as const
const REFUSALS = {
  401: { description: 'Wrong e-mail address or password' },
  403: { description: 'The account is not set up for the console' },
  429: { description: 'Too many attempts; `Retry-After` says when to try again (seconds)' },
  503: { description: 'The identity service does not answer' },
} as const

const reply = ({ accessToken, expiresIn }: Tokens) => ({
  access_token: accessToken,
  token_type: 'bearer' as const,
  expires_in: expiresIn,
})

/** Log-in, refresh, log-out and who I am (DESIGN 3), all under `/api/auth`. */
export function authRoutes({
  config,
  logIn,
  profiles,
}: Pick<Deps, 'config' | 'logIn' | 'profiles'>): Route[] {
  const cookie = createRefreshCookie(config)
  const addressOf = (request: Request) => request.ip ?? 'unknown'

  return [
    defineRoute({
      method: 'post',
      path: '/api/auth/token',
      summary: 'Log in with the OAuth2 password flow',
      description: 'RFC 6749 §4.3, form-encoded. Errors have the shape of every `/api` path.',
      tags,
      access: 'public',
      body: {
        schema: TokenForm,
        contentType: 'application/x-www-form-urlencoded',
        example: { grant_type: 'password', username: AVA.email, password: 'lifeline-demo' },
      },
      replies: {
        200: {
          description: 'Tokens',
          schema: TokenReply,
          example: { ...TOKENS, refresh_token: REFRESH_TOKEN },
        },
        ...REFUSALS,
      },
      async handle({ body: { username, password }, request, signal }) {
        const address = addressOf(request)
        const tokens = await logIn.withPassword({ email: username, password, address, signal })
        return { status: 200, body: { ...reply(tokens), refresh_token: tokens.session.refreshToken } }
      },
    }),

    defineRoute({
      method: 'post',
      path: '/api/auth/login',
      summary: 'Log in with JSON',
      description:
        'With `"refresh": "cookie"` the refresh token goes into the HttpOnly cookie `__session` and is left out of the reply.',
      tags,
      access: 'public',
      body: {
        schema: LoginBody,
        example: { email: AVA.email, password: 'lifeline-demo', refresh: 'cookie' },
      },
      replies: {
        200: {
          description: 'Tokens and who they stand for',
          schema: LoginReply,
          example: { success: true, ...TOKENS, user: AVA },
        },
        ...REFUSALS,
      },
      async handle({ body: { email, password, refresh }, request, response, signal }) {
        const tokens = await logIn.withPassword({ email, password, address: addressOf(request), signal })
        const { identity, session } = tokens
        const user = await profiles.read(identity.uid, identity.role, identity.company_id)
        if (refresh === 'cookie') cookie.set(response, session.refreshToken, session.endsAt)
        const held = refresh === 'body' ? { refresh_token: session.refreshToken } : {}
        return { status: 200, body: { success: true, ...reply(tokens), ...held, user } }
      },
    }),

    defineRoute({
      method: 'post',
      path: '/api/auth/refresh',
      summary: 'Exchange a refresh token for new tokens',
      description:
        'The token comes from the body, or from the cookie `__session`. Each is good for one use; a second use of one ends the log-in for everybody who holds it, so callers that share one take turns.',
      tags,
      access: 'public',
      body: { schema: RefreshBody, optional: true, example: { refresh_token: REFRESH_TOKEN } },
      replies: {
        200: {
          description: 'Tokens',
          schema: TokenReply,
          example: { ...TOKENS, refresh_token: REFRESH_TOKEN },
        },
        401: { description: 'Unknown, used or expired refresh token: log in again' },
        403: { description: 'The account is not set up for the console any more' },
        503: { description: 'The identity service does not answer' },
      },
      async handle({ body, request, response }) {
        const fromCookie = body.refresh_token === undefined
        const refreshToken = body.refresh_token ?? cookie.read(request)
        if (refreshToken === undefined) throw new AppError('unauthenticated', 'Send a refresh token')
        try {
          const tokens = await logIn.withRefreshToken(refreshToken)
          const { session } = tokens
          if (fromCookie) cookie.set(response, session.refreshToken, session.endsAt)
          const held = fromCookie ? {} : { refresh_token: session.refreshToken }
          return { status: 200, body: { ...reply(tokens), ...held } }
        } catch (error) {
          // What was refused would be refused again: the browser need not keep it.
          if (fromCookie && error instanceof AppError && error.code === 'unauthenticated')
            cookie.clear(response)
          throw error
        }
      },
    }),

    defineRoute({
      method: 'post',
      path: '/api/auth/logout',
      summary: 'Log out',
      description:
        'Blacklists the access token of the `Authorization` header, ends the log-in of the refresh token (body or cookie), and clears the cookie. Either token is enough; open streams close within a second.',
      tags,
      access: 'public',
      body: { schema: LogoutBody, optional: true, example: {} },
      replies: {
        200: { description: 'Logged out', schema: LogoutReply, example: { success: true } },
        401: { description: 'Neither token was valid: there was nothing to log out' },
      },
      async handle({ body, request, response }) {
        const held = cookie.read(request)
        // A form on another site cannot send the cookie, and must not be able to take it away either.
        if (held !== undefined) cookie.clear(response)
        const ended = await logIn.out(bearerToken(request), body.refresh_token ?? held)
        if (!ended) throw new AppError('unauthenticated', 'There is nothing to log out')
        return { status: 200, body: { success: true } }
      },
    }),

    defineRoute({
      method: 'get',
      path: '/api/auth/me',
      summary: 'Who the token speaks for',
      tags,
      access: 'bearer',
      replies: {
        200: { description: 'The caller', schema: MeReply, example: { success: true, user: AVA } },
        404: { description: 'The account does not exist any more' },
      },
      async handle({ actor }) {
        return {
          status: 200,
          body: { success: true, user: await profiles.read(actor.uid, actor.role, actor.company_id) },
        }
      },
    }),
  ]
}
