import { parseCookie } from 'cookie'
import type { CookieOptions, Request, Response } from 'express'
import type { Config } from '../platform/config.ts'

/** Firebase Hosting passes on a cookie of this name and drops all others. */
const NAME = '__session'

export interface RefreshCookie {
  /** The refresh token of a browser; `undefined` when it sent none. */
  read(request: Request): string | undefined
  /** `endsAt` in ms since 1970. */
  set(response: Response, refreshToken: string, endsAt: number): void
  clear(response: Response): void
}

/**
 * Keeps a browser's refresh token out of reach of scripts. `SameSite=Strict` and the path keep it to our own
 * pages' calls of `/api/auth`, which is what stands against forged requests; no other path ever sees it.
 */
export function createRefreshCookie({ emulators }: Pick<Config, 'emulators'>): RefreshCookie {
  const options: CookieOptions = {
    httpOnly: true,
    sameSite: 'strict',
    // The local suite is plain HTTP.
    secure: emulators === null,
    path: '/api/auth',
  }
  return {
    read: (request) => parseCookie(request.headers.cookie ?? '')[NAME],
    set: (response, refreshToken, endsAt) =>
      void response.cookie(NAME, refreshToken, { ...options, expires: new Date(endsAt) }),
    clear: (response) => void response.clearCookie(NAME, options),
  }
}
