import type { Live } from '../../conversations/live.ts'
import { type LiveServer, startLiveServer } from '../../conversations/testing/live-server.ts'
import type { Deps } from '../../deps.ts'
import type { Route } from '../../platform/route.ts'
import { chatKey } from '../chat-record.ts'
import { chatRoutes } from '../routes.ts'
import type { ChatPage } from '../schema.ts'

export interface ChatReply {
  status: number
  body: Record<string, unknown>
  headers: Headers
}

/** The paths of spec 2 over the real databases; `token: null` sends none. Limits count for nobody unless asked for. */
export interface ChatServer {
  server: LiveServer
  ava: string
  store(body: unknown, token?: string | null): Promise<ChatReply>
  read(id: string, query?: string, token?: string | null): Promise<ChatReply>
  /** Any path; POST where there is a body. */
  call(
    path: string,
    token: string | null,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<ChatReply>
  history(user: string, query?: string, token?: string | null): Promise<ChatReply>
  close(): Promise<void>
}

export async function startChatServer(
  options: Parameters<typeof startLiveServer>[1] & {
    limited?: boolean
    /** Routes besides those of spec 2's chats. */
    more?: (deps: Deps, live: Live) => Route[]
  } = {},
): Promise<ChatServer> {
  const server = await startLiveServer((deps, live) => {
    if (options.limited !== true) deps.rateLimits.take = () => Promise.resolve({})
    return [...chatRoutes(deps), ...(options.more?.(deps, live) ?? [])]
  }, options)
  const ava = server.token('ava', 'manager')
  const call: ChatServer['call'] = async (path, token, body, headers = {}) => {
    const response = await fetch(`${server.origin}${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        ...(token !== null && { authorization: `Bearer ${token}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    const answer = (await response.json()) as Record<string, unknown>
    return { status: response.status, body: answer, headers: response.headers }
  }
  return {
    server,
    ava,
    call,
    store: (body, token = ava) => call('/chats', token, body),
    read: (id, query = '', token = ava) => call(`/chats/${id}${query}`, token),
    history: (user, query = '', token = ava) => call(`/users/${user}/chats${query}`, token),
    close: () => server.close(),
  }
}

let made = 0
export const freshId = (): string => `chat-${(made += 1)}`

export const minute = (of: number): string => `2023-01-01T09:${String(of % 60).padStart(2, '0')}:00`

export const message = (content: string, rest: object = {}) => ({ content, timestamp: minute(0), ...rest })

export const batch = (conversation_id: string, messages: object[], user_id = 'john_doe') => ({
  conversation_id,
  user_id,
  messages,
})

/** Messages `m0`, `m1`, … with names of their own. */
export const numbered = (count: number, from = 0) =>
  Array.from({ length: count }, (_, n) =>
    message(`m${from + n}`, { timestamp: minute(n), client_message_id: `id-${from + n}` }),
  )

export const contents = ({ body }: { body: unknown }): string[] =>
  (body as ChatPage).messages.map(({ content }) => content)

/** Status and code; throws unless the body is exactly spec 2's. */
export function refusal({ status, body }: Pick<ChatReply, 'status' | 'body'>): [number, string] {
  const { detail } = body as { detail: { code: string; error: string; timestamp: string } }
  const shape = [Object.keys(body), Object.keys(detail).toSorted()].join(' ')
  if (shape !== 'detail code,error,timestamp' || Number.isNaN(Date.parse(detail.timestamp))) {
    throw new Error(`not the shape of the family: ${shape}`)
  }
  return [status, detail.code]
}

export const keyOf = (id: string, company = 'c_acme'): string => chatKey(company, id)
