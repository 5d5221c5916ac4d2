import type { Request, Response } from 'express'
import type { Logger } from 'pino'
import type { z } from 'zod'
import type { Actor } from '../auth/actor.ts'
import type { LimitClass } from '../limits/rate-limits.ts'
import type { ErrorFamily } from './errors.ts'

/**
 * `bearer`: the caller must send a valid token. `public`: nobody is asked. `sandbox`: a caller without any token is
 * anonymous (`actor: null`) where the configuration lets them in, and needs one elsewhere.
 */
export type Access = 'public' | 'bearer' | 'sandbox'

/** One documented reply. Statuses from 400 on need no schema: they have their family's error shape. */
export interface Reply {
  description: string
  schema?: z.ZodType
  example?: unknown
  /** `application/json` unless said otherwise. */
  contentType?: string
  /** For `text/event-stream`: the schema of each event's `data`, by event name. */
  events?: Readonly<Record<string, z.ZodType>>
}
export type Replies = Readonly<Record<number, Reply>>

/** What `handle` may return: a declared status with the body that its schema takes in. Errors are thrown. */
export type Answer<R extends Replies> = {
  [Status in keyof R]: R[Status] extends { schema: infer S extends z.ZodType }
    ? { status: Status; body: z.input<S>; headers?: Record<string, string> }
    : R[Status] extends { contentType: string }
      ? { status: Status; body: string; headers?: Record<string, string> }
      : never
}[keyof R]

export interface HandlerInput<
  A extends Access,
  P extends z.ZodObject,
  Q extends z.ZodObject,
  B extends z.ZodType,
> {
  params: z.output<P>
  query: z.output<Q>
  body: z.output<B>
  actor: A extends 'bearer' ? Actor : A extends 'sandbox' ? Actor | null : undefined
  request: Request
  response: Response
  requestId: string
  /** Carries the request id, the route and the caller's uid. Ids and reasons only, never people's words. */
  log: Logger
  /** Aborts when the exchange is over: the reply is complete or the client has gone. */
  signal: AbortSignal
}

export interface RequestBody<B extends z.ZodType> {
  schema: B
  example?: unknown
  /** JSON unless said otherwise. Under the wildcard the bytes are handed over as they are, whatever they are called. */
  contentType?: 'application/json' | 'application/x-www-form-urlencoded' | '*/*'
  /** Bytes accepted; 64 KiB unless said otherwise. */
  limit?: number
  /** A request without any body is taken as `{}`. */
  optional?: boolean
}

/** A route as `mount` and the OpenAPI document take it; made by `defineRoute`. */
export interface Route {
  method: 'get' | 'post' | 'put' | 'patch' | 'delete'
  path: `/${string}`
  summary: string
  description?: string
  tags: readonly string[]
  access: Access
  params?: z.ZodObject
  query?: z.ZodObject
  body?: RequestBody<z.ZodType>
  replies: Replies
  /** `apiErrors` unless said otherwise. */
  errors?: ErrorFamily
  /** What its requests are limited with; by its path unless said otherwise. */
  limit?: LimitClass
  handle(
    input: HandlerInput<Access, z.ZodObject, z.ZodObject, z.ZodType>,
  ): Promise<{ status: PropertyKey; body: unknown; headers?: Record<string, string> } | void>
}

/** A route with the types of its own schemas. */
export interface TypedRoute<
  A extends Access,
  P extends z.ZodObject,
  Q extends z.ZodObject,
  B extends z.ZodType,
  R extends Replies,
> extends Omit<Route, 'access' | 'params' | 'query' | 'body' | 'replies' | 'handle'> {
  access: A
  params?: P
  query?: Q
  body?: RequestBody<B>
  replies: R
  /** Returns the reply, or writes to `response` itself (streams) and returns nothing. */
  handle(input: HandlerInput<A, P, Q, B>): Promise<Answer<R> | void>
}

/**
 * A route is declared once: the mounted handler and the OpenAPI operation both come from it, so neither can say
 * what the other does not. `path` is written as in OpenAPI (`/api/conversation/{conversation_id}`). This only
 * gives `handle` the types of the schemas beside it.
 */
export function defineRoute<
  A extends Access,
  P extends z.ZodObject,
  Q extends z.ZodObject,
  B extends z.ZodType,
  const R extends Replies,
>(route: TypedRoute<A, P, Q, B, R>): Route {
  return route
}
