import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { type Server, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import express from 'express'
import { deleteApp, initializeApp } from 'firebase-admin/app'
import { type Database, getDatabase } from 'firebase-admin/database'
import { type Firestore, getFirestore } from 'firebase-admin/firestore'
import { pino } from 'pino'
import type { Actor } from '../../auth/actor.ts'
import type { AdminRole, Role } from '../../auth/schema.ts'
import { type Deps, createDeps } from '../../deps.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Config } from '../../platform/config.ts'
import { AppError } from '../../platform/errors.ts'
import { mount } from '../../platform/mount.ts'
import { requestScope } from '../../platform/request-scope.ts'
import type { Route } from '../../platform/route.ts'
import { suiteHosts } from '../../platform/testing/suite-hosts.ts'
import { testConfig } from '../../platform/testing/test-config.ts'
import { type Live, type LiveOptions, createLive } from '../live.ts'
import { type CountedDatabase, countListens } from './counted-database.ts'
import { type EventClient, openEvents } from './event-client.ts'

/**
 * The routes under test on a real server over the real databases; only who holds which token is decided by the
 * test, so that a token can expire or be revoked at the moment that a test is about.
 */
export interface LiveServer {
  origin: string
  http: Server
  deps: Deps
  live: Live
  /** Another process's connection: what it writes reaches the server under test through the database alone. */
  device: { database: Database; firestore: Firestore }
  logs: Record<string, unknown>[]
  /** A token for this user of Acme; `lasts` ms. */
  token(uid: string, role: Role, rest?: { company?: string; lasts?: number }): string
  revoke(token: string): void
  shutDown(): void
  open(path: string, token: string, lastEventId?: string): Promise<EventClient>
  get(
    path: string,
    token?: string,
  ): Promise<{ status: number; body: Record<string, unknown>; headers: Headers }>
  post(
    path: string,
    token: string,
    body: unknown,
    headers?: Record<string, string>,
  ): Promise<{ status: number; body: Record<string, unknown>; headers: Headers }>
  /** Sends JSON, or nothing at all when `body` is left out. */
  send(
    method: 'POST' | 'PATCH',
    path: string,
    token: string,
    body?: unknown,
  ): Promise<{ status: number; body: Record<string, unknown> }>
  /** Listeners that this server has on the database, `path × how many`, in order of path; with `countsListens` only. */
  listens(): string[]
  close(): Promise<void>
}

const admins: [string, { role: AdminRole; company_id: string; manager_id: string | null }][] = [
  ['ava', { role: 'manager', company_id: 'c_acme', manager_id: null }],
  ['ben', { role: 'agent', company_id: 'c_acme', manager_id: 'ava' }],
  ['cleo', { role: 'agent', company_id: 'c_acme', manager_id: 'ava' }],
  ['dan', { role: 'agent', company_id: 'c_acme', manager_id: null }],
  ['gus', { role: 'manager', company_id: 'c_globex', manager_id: null }],
]

export async function startLiveServer(
  routes: (deps: Deps, live: Live) => Route[],
  options: Partial<
    LiveOptions & {
      heartbeatSeconds: number
      streamMaxSeconds: number
      /** Another server's, to be a second instance over the same data; or only what a test is about. */
      config: Partial<Config>
      clock: Clock
      countsListens: boolean
    }
  > = {},
): Promise<LiveServer> {
  const hosts = suiteHosts()
  const counted: CountedDatabase | null = options.countsListens
    ? await countListens(hosts.databaseHost)
    : null
  const config = testConfig(counted ? { ...hosts, databaseHost: counted.host } : hosts, {
    ...(options.heartbeatSeconds !== undefined && { heartbeatSeconds: options.heartbeatSeconds }),
    ...(options.streamMaxSeconds !== undefined && { streamMaxSeconds: options.streamMaxSeconds }),
    ...options.config,
  })
  const tokens = new Map<string, { actor: Actor; revoked: AbortController }>()
  const logs: Record<string, unknown>[] = []
  const log = pino({ level: 'info' }, { write: (line) => void logs.push(JSON.parse(line)) })
  const deps: Deps = {
    ...createDeps(config, { log, ...(options.clock && { clock: options.clock }) }),
    async verifyToken(token) {
      const known = tokens.get(token)
      if (known === undefined || known.revoked.signal.aborted || known.actor.expiresAt < Date.now()) {
        throw new AppError('unauthenticated', 'The token is not valid')
      }
      return known.actor
    },
    revocations: {
      watch: (actor) => tokens.get(actor.tokenId)?.revoked.signal ?? new AbortController().signal,
    },
  }
  const device = initializeApp(
    { projectId: config.projectId, databaseURL: config.databaseUrl },
    `${config.projectId}-device-${randomBytes(4).toString('hex')}`,
  )
  const namespace = new URL(config.databaseUrl).hostname.split('.')[0]
  const rules = await fetch(`http://${hosts.databaseHost}/.settings/rules.json?ns=${namespace}`, {
    method: 'PUT',
    headers: { authorization: 'Bearer owner' },
    body: await readFile(new URL('../../../../database.rules.json', import.meta.url)),
  })
  if (!rules.ok) throw new Error(`the rules were refused: ${rules.status}`)
  const live = createLive(deps, options)
  const app = express()
  app.use(requestScope(deps))
  mount(app, routes(deps, live), deps)
  const http = createServer(app).listen(0, '127.0.0.1')
  await once(http, 'listening')
  const origin = `http://127.0.0.1:${(http.address() as AddressInfo).port}`
  const firestore = getFirestore(device)
  await Promise.all(admins.map(([id, profile]) => firestore.doc(`admins/${id}`).set(profile)))

  return {
    origin,
    http,
    deps,
    live,
    logs,
    device: { database: getDatabase(device), firestore },
    token(uid, role, { company = 'c_acme', lasts = 3_600_000 } = {}) {
      const token = randomBytes(16).toString('hex')
      const now = Date.now()
      const actor: Actor = {
        kind: 'api',
        uid,
        role,
        company_id: company,
        tokenId: token,
        sessionId: null,
        issuedAt: now,
        expiresAt: now + lasts,
      }
      tokens.set(token, { actor, revoked: new AbortController() })
      return token
    },
    revoke: (token) =>
      tokens.get(token)?.revoked.abort(new AppError('unauthenticated', 'You have logged out.')),
    shutDown: () => deps.stop(),
    open: (path, token, lastEventId) => openEvents(`${origin}${path}`, token, lastEventId),
    async get(path, token) {
      const response = await fetch(`${origin}${path}`, {
        headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
      })
      return {
        status: response.status,
        body: (await response.json()) as Record<string, unknown>,
        headers: response.headers,
      }
    },
    async post(path, token, body, headers = {}) {
      const response = await fetch(`${origin}${path}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      })
      return {
        status: response.status,
        body: (await response.json()) as Record<string, unknown>,
        headers: response.headers,
      }
    },
    async send(method, path, token, sent) {
      const response = await fetch(`${origin}${path}`, {
        method,
        headers: {
          authorization: `Bearer ${token}`,
          ...(sent !== undefined && { 'content-type': 'application/json' }),
        },
        ...(sent !== undefined && { body: JSON.stringify(sent) }),
      })
      return { status: response.status, body: (await response.json()) as Record<string, unknown> }
    },
    listens() {
      if (counted === null) throw new Error('This server was not started with `countsListens`')
      return counted.listens()
    },
    async close() {
      http.closeAllConnections()
      http.close()
      await Promise.all([deps.close(), deleteApp(device)])
      counted?.close()
    },
  }
}
