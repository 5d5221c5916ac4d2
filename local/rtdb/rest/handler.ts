import type { IncomingMessage, ServerResponse } from 'node:http'

import type { ServerContext } from '../server-context.ts'
import { InvalidDataError } from '../tree/invalid-data-error.ts'
import { readBody } from './body.ts'
import { corsHeaders, preflightHeaders } from './cors.ts'
import { EventStreams } from './event-stream.ts'
import { createPushIds } from './push-id.ts'
import { readData } from './read.ts'
import { jsonReply } from './reply.ts'
import type { Reply } from './reply.ts'
import { RestError } from './rest-error.ts'
import { accessOf, parseRestRequest, requireAdministrator } from './rest-request.ts'
import type { RestRequest } from './rest-request.ts'
import { acknowledgeTrigger, readRules, writeRules } from './settings.ts'
import { deleteData, patchData, postData, putData } from './write.ts'

const writeMethods = new Set(['PUT', 'PATCH', 'POST', 'DELETE'])

export interface RestOptions {
  /** How often an idle event stream hears from the server; 30 s. */
  readonly keepAliveMs?: number
  /** The longest body that is taken; 256 MiB. */
  readonly maxBodyBytes?: number
}

/** The REST surface of the server (protocol notes, sections 6 and 7), as a listener of HTTP requests. */
export function createRestHandler(
  context: ServerContext,
  { keepAliveMs = 30_000, maxBodyBytes = 256 * 1024 * 1024 }: RestOptions = {},
): (incoming: IncomingMessage, response: ServerResponse) => void {
  const { namespaces, now } = context
  const streams = new EventStreams(now, keepAliveMs)
  const nextPushId = createPushIds()

  /** The reply, or undefined when the response is a stream that goes on. */
  async function answer(incoming: IncomingMessage, response: ServerResponse): Promise<Reply | undefined> {
    if (incoming.method === 'OPTIONS') return { status: 200, headers: preflightHeaders(incoming) }
    const request = parseRestRequest(incoming)
    if (request.location.startsWith('/.settings/')) return settings(request)
    if (request.location.startsWith('/.inspect/')) return inspect(request)
    return data(request, response)
  }

  async function data(request: RestRequest, response: ServerResponse): Promise<Reply | undefined> {
    const access = accessOf(request, now())
    const namespace = namespaces.get(request.namespace)
    const { method, incoming } = request
    if (method === 'GET' || method === 'HEAD') {
      if (method === 'HEAD' || !acceptsEvents(incoming)) return readData(request, namespace, access)
      streams.start(request, response, namespace, access)
      return undefined
    }
    if (!writeMethods.has(method)) return notAllowed('GET, HEAD, PUT, PATCH, POST, DELETE')
    const body = await readBody(incoming, maxBodyBytes)
    const write = { request, namespace, access, body }
    if (method === 'PUT') return putData(write)
    if (method === 'PATCH') return patchData(write)
    return method === 'POST' ? postData(write, () => nextPushId(now())) : deleteData(write)
  }

  async function settings(request: RestRequest): Promise<Reply> {
    requireAdministrator(request, now())
    const namespace = namespaces.get(request.namespace)
    const { method, location, incoming } = request
    if (location === '/.settings/rules') {
      if (method === 'GET') return readRules(request, namespace)
      return method === 'PUT'
        ? writeRules(namespace, await readBody(incoming, maxBodyBytes))
        : notAllowed('GET, PUT')
    }
    if (location !== '/.settings/functionTriggers') throw new RestError(404, 'Not found')
    const announced = method === 'POST' || method === 'PUT'
    return announced ? acknowledgeTrigger(await readBody(incoming, maxBodyBytes)) : notAllowed('POST, PUT')
  }

  function inspect(request: RestRequest): Reply {
    requireAdministrator(request, now())
    if (request.method !== 'GET') return notAllowed('GET')
    if (request.location === '/.inspect/databases') {
      return jsonReply(
        200,
        namespaces.all().map(({ name }) => ({ name })),
      )
    }
    if (request.location !== '/.inspect/listens') throw new RestError(404, 'Not found')
    return jsonReply(200, namespaces.get(request.namespace).listens())
  }

  return (incoming, response) => {
    // A client that goes away in mid-answer is no error of the server; 'close' ends whatever depends on it.
    response.on('error', () => response.destroy())
    for (const [name, value] of Object.entries(corsHeaders(incoming))) response.setHeader(name, value)
    answer(incoming, response).then(
      (reply) => reply && send(response, reply),
      (error: unknown) => fail(incoming, response, error),
    )
  }
}

function acceptsEvents({ headers }: IncomingMessage): boolean {
  return (headers.accept ?? '').includes('text/event-stream')
}

function notAllowed(methods: string): Reply {
  return { ...jsonReply(405, { error: `This location takes ${methods}` }), headers: { allow: methods } }
}

function send(response: ServerResponse, { status, headers, body }: Reply): void {
  response.writeHead(status, {
    'cache-control': 'no-cache',
    ...(body !== undefined && { 'content-type': 'application/json; charset=utf-8' }),
    ...headers,
  })
  response.end(body)
}

function fail(incoming: IncomingMessage, response: ServerResponse, error: unknown): void {
  // Half a body: there is nobody left to answer, and nothing has been written.
  if (response.destroyed || response.headersSent || incoming.errored !== null) return void response.destroy()
  // What is left of a refused body is not waited for.
  if (!incoming.complete) response.setHeader('connection', 'close')
  if (error instanceof RestError) return send(response, jsonReply(error.status, { error: error.message }))
  if (error instanceof InvalidDataError) return send(response, jsonReply(400, { error: error.message }))
  process.emitWarning(error instanceof Error ? error : String(error))
  send(response, jsonReply(500, { error: 'Internal server error' }))
}
