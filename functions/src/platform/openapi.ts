import { z } from 'zod'
import { createDocument } from 'zod-openapi'
import type { ZodOpenApiObject, ZodOpenApiOperationObject, ZodOpenApiResponseObject } from 'zod-openapi'
import { apiErrors } from './errors.ts'
import type { Reply, Route } from './route.ts'

export type OpenApiDocument = ReturnType<typeof createDocument>

/** The exports of `contract.ts`; whatever is no schema in it is passed over. */
export type Contract = Readonly<Record<string, unknown>>

/** Every schema of the contract under its own name, so that clients generate the types that we have. */
function schemasOf(contract: Contract): Record<string, z.ZodType> {
  return Object.fromEntries(
    Object.entries(contract).filter((entry): entry is [string, z.ZodType] => entry[1] instanceof z.ZodType),
  )
}

/** A stream is described as the union of its events; on the wire each is an `event:` and a `data:` line. */
function eventsSchema(events: Readonly<Record<string, z.ZodType>>): z.ZodType {
  const [first, ...rest] = Object.entries(events).map(([name, data]) =>
    z.object({ event: z.literal(name), data }),
  )
  return first ? z.discriminatedUnion('event', [first, ...rest]) : z.string()
}

function describeReply(status: number, reply: Reply, route: Route): ZodOpenApiResponseObject {
  const { description, contentType = 'application/json', events, example } = reply
  const schema =
    reply.schema ??
    (events && eventsSchema(events)) ??
    (status >= 400 ? (route.errors ?? apiErrors).schema : undefined)
  if (!schema && !reply.contentType) return { description }
  return {
    description,
    content: { [contentType]: { schema: schema ?? z.string(), ...(example !== undefined && { example }) } },
  }
}

/** Refusals that follow from how a route was declared; what it declares itself comes first. */
function impliedReplies(route: Route): Record<number, Reply> {
  return {
    ...((route.params ?? route.query ?? route.body) && {
      400: { description: 'The request is not as described' },
    }),
    ...(route.access === 'bearer' && { 401: { description: 'Invalid or missing authentication token' } }),
    ...(route.body && { 413: { description: 'The body is too large' } }),
    ...(route.access !== 'public' && {
      429: { description: 'Too many requests; `Retry-After` says when to try again (seconds)' },
    }),
    500: { description: 'Server error' },
  }
}

function describeOperation(route: Route): ZodOpenApiOperationObject {
  const { summary, description, tags, access, params, query, body } = route
  const replies = Object.entries({ ...impliedReplies(route), ...route.replies })
  return {
    summary,
    ...(description !== undefined && { description }),
    tags: [...tags],
    security: {
      bearer: [{ bearer: [] }, { password: [] }],
      sandbox: [{ bearer: [] }, { password: [] }, {}],
      public: [],
    }[access],
    ...((params ?? query) && {
      requestParams: { ...(params && { path: params }), ...(query && { query }) },
    }),
    ...(body && {
      requestBody: {
        required: body.optional !== true,
        content: {
          [body.contentType ?? 'application/json']: {
            schema: body.contentType === '*/*' ? { type: 'string', format: 'binary' } : body.schema,
            ...(body.example !== undefined && { example: body.example }),
          },
        },
      },
    }),
    responses: Object.fromEntries(
      replies.map(([status, reply]) => [status, describeReply(Number(status), reply, route)]),
    ),
  }
}

/** The OpenAPI 3.1 document of the declared routes. */
export function describeRoutes(routes: readonly Route[], contract: Contract): OpenApiDocument {
  const paths: NonNullable<ZodOpenApiObject['paths']> = {}
  for (const route of routes) {
    paths[route.path] = { ...paths[route.path], [route.method]: describeOperation(route) }
  }
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: 'Lifeline',
      version: '1.0.0',
      description: 'Realtime emergency-call conversations.',
    },
    servers: [{ url: '/' }],
    tags: [...new Set(routes.flatMap(({ tags }) => tags))].map((name) => ({ name })),
    paths,
    components: {
      schemas: schemasOf(contract),
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
        password: { type: 'oauth2', flows: { password: { tokenUrl: '/api/auth/token', scopes: {} } } },
      },
    },
  })
}
