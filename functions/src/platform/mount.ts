import express from 'express'
import type { Express, Request, RequestHandler, Response } from 'express'
import type { z } from 'zod'
import type { Actor } from '../auth/actor.ts'
import type { Deps } from '../deps.ts'
import type { LimitClass } from '../limits/rate-limits.ts'
import { bearerToken } from './bearer.ts'
import { withinRequest } from './current-request.ts'
import { AppError, apiErrors } from './errors.ts'
import { reportErrors } from './report-error.ts'
import { scopeOf } from './request-scope.ts'
import type { Route } from './route.ts'

const DEFAULT_BODY_LIMIT = 64 * 1_024

/** `/api/conversation/{conversation_id}` as Express writes it. */
const expressPath = (path: string) => path.replaceAll(/\{(\w+)\}/g, ':$1')

/** Literal segments before parameters, so that the order of declaration never decides which route answers. */
function bySpecificity(a: Route, b: Route): number {
  const key = ({ path }: Route) => path.replaceAll(/\{\w+\}/g, '~')
  return key(a) < key(b) ? -1 : Number(key(a) > key(b))
}

/** Hands over what `schema` makes of `value`; the refusal names the fields, never what was in them. */
function parse<S extends z.ZodType>(schema: S, value: unknown, place: string): z.output<S> {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const reasons = parsed.error.issues
    .slice(0, 3)
    .map(({ path, message }) => `${[place, ...path.map(String)].join('.')}: ${message}`)
  throw new AppError('invalid-input', reasons.join('; '))
}

/** Reads the body within its limit. Under functions-framework it has been read already, into `rawBody` too. */
function readBody({ body }: Route): RequestHandler[] {
  if (!body) return []
  const limit = body.limit ?? DEFAULT_BODY_LIMIT
  const parser = {
    'application/x-www-form-urlencoded': () =>
      express.urlencoded({ extended: false, limit, parameterLimit: 50 }),
    'application/json': () => express.json({ limit, strict: false }),
    '*/*': () => express.raw({ limit, inflate: false, type: () => true }),
  }[body.contentType ?? 'application/json']()
  return [
    (request, response, next) => {
      const { rawBody } = request as Request & { rawBody?: Buffer }
      if (rawBody === undefined) parser(request, response, next)
      else if (rawBody.length > limit) next(new AppError('too-large', 'The body is too large'))
      else next()
    },
  ]
}

function bodyOf(route: Route, request: Request): unknown {
  if (!route.body) return undefined
  const wanted = route.body.contentType ?? 'application/json'
  if (wanted === '*/*') return parse(route.body.schema, bytesOf(request), 'body')
  const given = request.is(wanted)
  const { 'content-length': length, 'content-type': type } = request.headers
  // Proxies turn "no body" into an empty chunked one, which only the missing type tells.
  const isEmpty = given === null || length === '0' || type === undefined
  if (isEmpty && route.body.optional) return parse(route.body.schema, {}, 'body')
  if (!given) throw new AppError('invalid-input', `The body has to be ${wanted}`)
  if (!isWellFormed(request.body)) throw new AppError('invalid-input', 'body: holds half a character')
  return parse(route.body.schema, request.body, 'body')
}

/** JSON can write half of a pair of surrogates. It is no text, and ends the database's connection where it is written. */
function isWellFormed(body: unknown): boolean {
  const left: unknown[] = [body]
  while (left.length > 0) {
    const value = left.pop()
    if (typeof value === 'string' && !value.isWellFormed()) return false
    if (typeof value !== 'object' || value === null) continue
    for (const [key, inner] of Object.entries(value)) left.push(key, inner)
  }
  return true
}

/** Nothing at all leaves no body behind. */
function bytesOf(request: Request): Buffer {
  const { rawBody } = request as Request & { rawBody?: Buffer }
  return rawBody ?? (Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0))
}

async function identify(
  route: Route,
  request: Request,
  { config, verifyToken }: MountDeps,
): Promise<Actor | null> {
  const token = bearerToken(request)
  const isOpen = route.access === 'sandbox' && config.anonymousChats
  // A token that cannot be read is no absence of one.
  if (isOpen && request.headers.authorization === undefined) return null
  if (token === undefined) throw new AppError('unauthenticated', 'Send a bearer token')
  return await verifyToken(token)
}

/** Sends what `handle` returned. In the local suite a body that its schema does not know is an error. */
function send(
  route: Route,
  answer: Awaited<ReturnType<Route['handle']>>,
  response: Response,
  strict: boolean,
) {
  if (!answer) {
    if (!response.headersSent)
      throw new Error(`${route.path}: the handler neither returned nor wrote a reply`)
    return
  }
  const reply = route.replies[Number(answer.status)]
  if (strict) reply?.schema?.parse(answer.body)
  response.status(Number(answer.status)).set(answer.headers ?? {})
  if (reply?.contentType) response.type(reply.contentType).send(answer.body)
  else response.json(answer.body)
}

type MountDeps = Pick<Deps, 'config' | 'clock' | 'verifyToken' | 'rateLimits'>

const EMERGENCY_PATHS = /^\/api\/(conversation|calls)(\/|$)/

/** Nobody who asks for help, or answers, is held up by what else is asked of us. */
const limitOf = ({ limit, path }: Route): LimitClass =>
  limit ?? (EMERGENCY_PATHS.test(path) ? 'emergency' : 'general')

function handlers(route: Route, deps: MountDeps): RequestHandler[] {
  const { config, rateLimits } = deps
  const actors = new WeakMap<Request, Actor | null>()
  return [
    // Who is calling comes before everything that costs: strangers' bodies are not even read.
    async (request, response, next) => {
      const scope = scopeOf(request)
      scope.route = route.path
      if (route.access !== 'public') {
        const actor = await identify(route, request, deps)
        actors.set(request, actor)
        scope.uid = actor?.uid ?? null
        const who = actor === null ? { address: request.ip ?? 'unknown' } : { uid: actor.uid }
        response.set(await rateLimits.take(limitOf(route), who))
      }
      next()
    },
    ...readBody(route),
    async (request, response) => {
      const { requestId, signal, log, uid } = scopeOf(request)
      const input = {
        params: route.params ? parse(route.params, request.params, 'path') : {},
        query: route.query ? parse(route.query, request.query, 'query') : {},
        body: bodyOf(route, request),
        actor: actors.get(request),
        request,
        response,
        requestId,
        signal,
        log: log.child({ route: route.path, ...(uid !== null && { uid }) }),
      }
      const answer = await withinRequest(requestId, () => route.handle(input))
      send(route, answer, response, config.emulators !== null)
    },
  ]
}

/** What is no UTF-8 behind its percent signs is refused here, in the shape of the family that the path belongs to. */
function refuseUndecodable(routes: readonly Route[], deps: MountDeps): RequestHandler {
  const families = routes.map(({ path, errors = apiErrors }) => ({
    pattern: new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`),
    errors,
  }))
  return (request, response, next) => {
    try {
      decodeURIComponent(request.path)
      next()
    } catch (error) {
      const family = families.find(({ pattern }) => pattern.test(request.path))?.errors ?? apiErrors
      const refusal = new AppError('invalid-input', 'The path cannot be read', { cause: error })
      void reportErrors(family, deps)(refusal, request, response, next)
    }
  }
}

/** Mounts declared routes: who calls, then parsing at the boundary, then `handle`, then the reply (STYLE, routes). */
export function mount(app: Express, routes: readonly Route[], deps: MountDeps): void {
  const sorted = routes.toSorted(bySpecificity)
  app.use(refuseUndecodable(sorted, deps))
  for (const route of sorted) {
    const path = expressPath(route.path)
    app[route.method](path, ...handlers(route, deps), reportErrors(route.errors ?? apiErrors, deps))
  }
  for (const [path, alike] of Map.groupBy(sorted, (route) => route.path)) {
    const allow = alike.map(({ method }) => method.toUpperCase()).join(', ')
    const family = alike[0]?.errors ?? apiErrors
    const refuse: RequestHandler = () => {
      throw new AppError('method-not-allowed', 'This path does not know that method', {
        headers: { Allow: allow },
      })
    }
    app.route(expressPath(path)).all(refuse, reportErrors(family, deps))
  }
}
