import { LoginReply, MeReply, TokenReply, type Me } from '@lifeline/functions/contract'
import { z } from 'zod'
import { ApiError, SignedOutError, UnreachableError } from './errors.ts'
import { jsonPost, readReply, send, type Fetch } from './http.ts'

export type SessionState =
  /** Asking the server whether the browser still holds a session. */
  | { status: 'restoring' }
  /** The server could not be asked; nobody is signed out by that. */
  | { status: 'unreachable'; error: unknown }
  | { status: 'signed-out'; reason: 'never' | 'logged-out' | 'expired' }
  | { status: 'signed-in'; me: Me }

/** What tabs of one browser tell each other. No token ever goes over it. */
const TabNote = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('signed-in'), uid: z.string() }),
  z.object({ kind: z.literal('signed-out') }),
])
type TabNote = z.infer<typeof TabNote>

export type SessionPorts = {
  fetch: Fetch
  now: () => number
  delay: (ms: number) => Promise<void>
  /** Survives a reload; holds one mark and nothing that anybody could use. */
  storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>
  /** Runs alone among all tabs: a refresh token used twice would revoke the whole session. */
  exclusively: <T>(work: () => Promise<T>) => Promise<T>
  /** The other tabs of the browser. */
  tabs: { tell: (note: TabNote) => void; listen: (listener: (note: unknown) => void) => void }
}

/** Set, to its time, while a refresh is under way. */
const REFRESH_SINCE = 'lifeline-refresh-since'

/** Longest time, ms, that the answer to a page that is gone may still need to bring the new cookie. */
const SETTLE_MS = 2_000

/** Set while somebody has logged out here and the server could not be told yet. */
const LOGOUT_OWED = 'lifeline-logout-owed'

type AccessToken = { value: string; expiresAt: number }

/** A token this close to its end, in ms, is renewed before it is used. */
const MARGIN_MS = 60_000

/**
 * Who is signed in. The access token lives in memory only; the refresh token in an HttpOnly cookie that no script
 * sees, so a reload signs in again through it.
 */
export class Session {
  readonly #ports: SessionPorts
  readonly #listeners = new Set<() => void>()
  #state: SessionState = { status: 'restoring' }
  #token: AccessToken | undefined
  #refreshing: Promise<string> | undefined
  /** Changes when somebody signs in or out, so that an answer to an earlier question is known as late. */
  #epoch = 0

  constructor(ports: SessionPorts) {
    this.#ports = ports
    ports.tabs.listen((data) => {
      const note = TabNote.safeParse(data)
      if (note.success) this.#heed(note.data)
    })
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  readonly state = (): SessionState => this.#state

  /** Signs in again through the cookie, if there is one. Never throws: the outcome is the {@link state}. */
  async restore(): Promise<void> {
    const epoch = ++this.#epoch
    this.#set({ status: 'restoring' })
    try {
      if (this.#ports.storage.getItem(LOGOUT_OWED) !== null) {
        await this.#logoutAtServer(undefined)
        throw new SignedOutError('logged out')
      }
      const token = await this.#refresh()
      const response = await this.#send('/api/auth/me', { headers: { authorization: `Bearer ${token}` } })
      const { user } = await readReply(response, MeReply)
      if (epoch === this.#epoch) this.#set({ status: 'signed-in', me: user })
    } catch (error) {
      if (epoch !== this.#epoch) return
      if (error instanceof SignedOutError || (error instanceof ApiError && error.status < 500)) {
        this.#drop('never')
      } else this.#set({ status: 'unreachable', error })
    }
  }

  /** Throws `ApiError` when the server refuses, `UnreachableError` when it cannot be reached. */
  async login(email: string, password: string): Promise<void> {
    const epoch = ++this.#epoch
    const reply = await this.#ports.exclusively(async () =>
      readReply(
        await this.#send('/api/auth/login', jsonPost({ email, password, refresh: 'cookie' })),
        LoginReply,
      ),
    )
    if (epoch !== this.#epoch) return
    this.#ports.storage.removeItem(LOGOUT_OWED)
    this.#keep(reply)
    this.#set({ status: 'signed-in', me: reply.user })
    this.#ports.tabs.tell({ kind: 'signed-in', uid: reply.user.uid })
  }

  /**
   * Signs out every tab at once, and then at the server. A server that cannot be told now is told before anybody
   * is signed in again. Throws when the server refuses.
   */
  async logout(): Promise<void> {
    const token = this.#token?.value
    this.#ports.storage.setItem(LOGOUT_OWED, 'yes')
    this.#drop('logged-out')
    this.#ports.tabs.tell({ kind: 'signed-out' })
    try {
      await this.#logoutAtServer(token)
    } catch (error) {
      if (!(error instanceof UnreachableError)) throw error
    }
  }

  async #logoutAtServer(token: string | undefined): Promise<void> {
    await this.#ports.exclusively(async () => {
      const post = jsonPost({})
      const headers = new Headers(post.headers)
      if (token !== undefined) headers.set('authorization', `Bearer ${token}`)
      const response = await this.#send('/api/auth/logout', { ...post, headers, keepalive: true })
      await response.body?.cancel()
      if (response.status >= 502) throw new UnreachableError(`status ${response.status}`)
      // Tokens that are no longer good need no more revoking.
      if (!response.ok && response.status !== 401) throw new ApiError(response.status, 'logout-failed', '')
      this.#ports.storage.removeItem(LOGOUT_OWED)
    })
  }

  /**
   * A token to send. `refused` is one that the server did not take.
   * Throws `SignedOutError` when there is none to be had.
   */
  async accessToken({ refused }: { refused?: string | undefined } = {}): Promise<string> {
    if (this.#state.status === 'signed-out') throw new SignedOutError('signed out')
    const token = this.#token
    const isFresh = token !== undefined && token.expiresAt - this.#ports.now() > MARGIN_MS
    if (isFresh && token.value !== refused) return token.value
    try {
      return await this.#refresh()
    } catch (error) {
      if (error instanceof SignedOutError && this.#state.status === 'signed-in') this.#drop('expired')
      throw error
    }
  }

  /** The server takes not even a new token: the session is over. */
  expire(token: string): void {
    if (this.#token?.value === token) this.#drop('expired')
  }

  /** The token in hand, if any, whatever its age. */
  currentToken(): string | undefined {
    return this.#token?.value
  }

  #refresh(): Promise<string> {
    this.#refreshing ??= this.#refreshAlone().finally(() => {
      this.#refreshing = undefined
    })
    return this.#refreshing
  }

  async #refreshAlone(): Promise<string> {
    const epoch = this.#epoch
    return this.#ports.exclusively(async () => {
      if (epoch !== this.#epoch && this.#state.status === 'signed-out') throw new SignedOutError('signed out')
      await this.#awaitCookie()
      const { storage, now } = this.#ports
      storage.setItem(REFRESH_SINCE, String(now()))
      // `keepalive` lets the new cookie arrive even when the page is left meanwhile.
      const request = this.#send('/api/auth/refresh', { ...jsonPost({}), keepalive: true })
      const response = await request.finally(() => storage.removeItem(REFRESH_SINCE))
      if (response.status === 400 || response.status === 401 || response.status === 403) {
        await response.body?.cancel()
        throw new SignedOutError('no session')
      }
      const reply = await readReply(response, TokenReply)
      if (epoch !== this.#epoch && this.#state.status === 'signed-out') throw new SignedOutError('signed out')
      return this.#keep(reply)
    })
  }

  /**
   * A page that was left in the middle of a refresh has freed the lock, and its new cookie may still be on the way.
   * The old one, sent again, would look stolen and end the session.
   */
  async #awaitCookie(): Promise<void> {
    const { storage, now, delay } = this.#ports
    const age = now() - Number(storage.getItem(REFRESH_SINCE) ?? -Infinity)
    if (age >= 0 && age < SETTLE_MS) await delay(SETTLE_MS - age)
  }

  #send(path: string, init: RequestInit): Promise<Response> {
    return send(this.#ports.fetch, path, { ...init, credentials: 'same-origin', cache: 'no-store' })
  }

  #keep({ access_token, expires_in }: TokenReply): string {
    this.#token = { value: access_token, expiresAt: this.#ports.now() + expires_in * 1_000 }
    return access_token
  }

  #heed(note: TabNote): void {
    const { status } = this.#state
    if (note.kind === 'signed-out') {
      if (status !== 'signed-out') this.#drop('logged-out')
      return
    }
    // Another tab may have signed in as somebody else, and the cookie is one for all.
    if (this.#state.status === 'signed-in' && this.#state.me.uid === note.uid) return
    this.#token = undefined
    void this.restore()
  }

  #drop(reason: 'never' | 'logged-out' | 'expired'): void {
    this.#epoch++
    this.#token = undefined
    this.#set({ status: 'signed-out', reason })
  }

  #set(state: SessionState): void {
    this.#state = state
    for (const listener of this.#listeners) listener()
  }
}

/** The ports of a browser. */
export function browserSessionPorts(): SessionPorts {
  const channel = new BroadcastChannel('lifeline-session')
  return {
    fetch: globalThis.fetch.bind(globalThis),
    now: Date.now,
    delay: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    storage: localStorage,
    exclusively: async (work) =>
      // Locks exist in secure contexts only; without them a page is at least alone with itself.
      'locks' in navigator ? await navigator.locks.request('lifeline-session', work) : await work(),
    tabs: {
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a BroadcastChannel never leaves its origin
      tell: (note) => channel.postMessage(note),
      listen: (listener) => channel.addEventListener('message', ({ data }) => listener(data)),
    },
  }
}
