import { once } from 'node:events'
import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A request as the server got it. */
export interface ChatRequest {
  path: string
  authorization: string | undefined
  body: {
    model: string
    messages: {
      role: string
      content: string | { type: string; text?: string; image_url?: { url: string } }[]
    }[]
    response_format?: { type: string; json_schema?: { name: string; schema: Record<string, unknown> } }
    max_tokens?: number
    max_completion_tokens?: number
  }
}

/** What the server does with a request: well or badly. */
export type Behaviour = (request: ChatRequest, response: ServerResponse) => void | Promise<void>

export interface ModelServer {
  baseUrl: string
  /** Every request so far, oldest first. */
  requests: ChatRequest[]
  /** From now on. */
  behave(behaviour: Behaviour): void
  /** Also breaks what is still open. */
  close(): Promise<void>
}

/** A model server on this machine that speaks the wire format of `chat/completions` and misbehaves to order. */
export async function startModelServer(behaviour: Behaviour): Promise<ModelServer> {
  let current = behaviour
  const requests: ChatRequest[] = []
  const server = createServer((incoming, response) => {
    void readRequest(incoming).then((request) => {
      requests.push(request)
      return current(request, response)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    requests,
    behave(next) {
      current = next
    },
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

async function readRequest(incoming: IncomingMessage): Promise<ChatRequest> {
  let text = ''
  for await (const chunk of incoming.setEncoding('utf8')) text += String(chunk)
  return {
    path: incoming.url ?? '',
    authorization: incoming.headers.authorization,
    body: JSON.parse(text) as ChatRequest['body'],
  }
}

function send(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
}

const completion = (message: Record<string, unknown>, finish_reason = 'stop'): Record<string, unknown> => ({
  id: 'chatcmpl-1',
  object: 'chat.completion',
  created: 1,
  model: 'test-model-2',
  choices: [
    { index: 0, finish_reason, logprobs: null, message: { role: 'assistant', refusal: null, ...message } },
  ],
  usage: { prompt_tokens: 11, completion_tokens: 7, total_tokens: 18 },
})

/** Answers with this text, whatever it is. */
export const says =
  (content: string | null, finishReason = 'stop'): Behaviour =>
  (_, response) =>
    send(response, 200, completion({ content }, finishReason))

/** Answers with this as JSON; a function may look at the request. */
export const answers =
  (value: unknown): Behaviour =>
  (request, response) =>
    says(
      JSON.stringify(
        typeof value === 'function' ? (value as (request: ChatRequest) => unknown)(request) : value,
      ),
    )(request, response)

/** An error in the wire format's own shape. */
export const fails =
  (
    status: number,
    { code = null, message = 'no', param = null, headers = {} }: FailureOptions = {},
  ): Behaviour =>
  (_, response) =>
    send(response, status, { error: { message, type: code ?? 'error', code, param } }, headers)

interface FailureOptions {
  code?: string | null
  message?: string
  param?: string | null
  headers?: Record<string, string>
}

export const refuses: Behaviour = (_, response) =>
  send(response, 200, completion({ content: null, refusal: 'I cannot help with that' }))

export const hasNoChoices: Behaviour = (_, response) =>
  send(response, 200, { ...completion({ content: '' }), choices: [] })

export const sendsHtml: Behaviour = (_, response) =>
  void response.writeHead(200, { 'content-type': 'text/html' }).end('<html><body>Welcome</body></html>')

export const resets: Behaviour = (_, response) => void response.socket?.resetAndDestroy()

/** Never answers at all. */
export const saysNothing: Behaviour = () => undefined

/** Sends headers and the start of a body, and then nothing. */
export const stalls: Behaviour = (_, response) => {
  response.writeHead(200, { 'content-type': 'application/json' })
  response.write('{"id": "chatcmpl-1", ')
}

/** Promises more than it sends, and hangs up. */
export const cutsBody: Behaviour = (_, response) => {
  const body = JSON.stringify(completion({ content: '{}' }))
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': String(body.length) })
  response.write(body.slice(0, body.length / 2), () => response.socket?.destroy())
}

/** One after the other, the last one for ever. */
export function inTurn(...behaviours: readonly Behaviour[]): Behaviour {
  let at = 0
  return (request, response) => {
    const behaviour = behaviours[Math.min(at, behaviours.length - 1)]
    at += 1
    return behaviour?.(request, response)
  }
}

/** Knows one answer format (`plain`: none) and refuses the others as such servers do. */
export const knowsOnly =
  (format: 'json_schema' | 'json_object' | 'plain', then: Behaviour): Behaviour =>
  (request, response) => {
    const asked = request.body.response_format?.type ?? 'plain'
    return asked === format || asked === 'plain'
      ? then(request, response)
      : fails(400, { param: 'response_format', message: `'response_format.type' ${asked} is not supported` })(
          request,
          response,
        )
  }

/** After `ms`. */
export const delayed =
  (ms: number, then: Behaviour): Behaviour =>
  (request, response) =>
    void setTimeout(() => void then(request, response), ms).unref()

/** `first` for the first request of every `nth` question, `then` for all others: the same in whatever order they come. */
export function everyQuestion(nth: number, first: Behaviour, then: Behaviour): Behaviour {
  const asked = new Set<string>()
  return (request, response) => {
    const question = JSON.stringify(request.body.messages)
    const isNew = !asked.has(question)
    asked.add(question)
    return (isNew && asked.size % nth === 0 ? first : then)(request, response)
  }
}
