import { CallsReply, ClientConfig, GetConversationResponse } from '@lifeline/functions/contract'
import type { Call, Conversation } from '@lifeline/functions/contract'
import { readReply, send, type Fetch } from './http.ts'
import type { OpenRequest } from './event-stream.ts'
import type { Session } from './session.ts'

/** The API as the console uses it. Every reply is parsed by its schema; every method throws as `readReply` does. */
export class ApiClient {
  readonly #fetch: Fetch
  readonly #session: Session
  #config: Promise<ClientConfig> | undefined

  constructor({ fetch, session }: { fetch: Fetch; session: Session }) {
    this.#fetch = fetch
    this.#session = session
  }

  async calls(signal: AbortSignal): Promise<Call[]> {
    const response = await this.#authorized('/api/calls', { signal })
    return (await readReply(response, CallsReply)).calls
  }

  async conversation(conversationId: string, signal: AbortSignal): Promise<Conversation> {
    const response = await this.#authorized(`/api/conversation/${encodeURIComponent(conversationId)}`, {
      signal,
    })
    return (await readReply(response, GetConversationResponse)).conversation
  }

  openCalls = (request: OpenRequest): Promise<Response> => this.#openStream('/api/calls/stream', request)

  openConversation(conversationId: string, request: OpenRequest): Promise<Response> {
    return this.#openStream(`/api/conversation/${encodeURIComponent(conversationId)}/stream`, request)
  }

  async #openStream(path: string, { lastEventId, renew, signal }: OpenRequest): Promise<Response> {
    const { stream_origin } = await this.#clientConfig()
    const headers = new Headers({ accept: 'text/event-stream' })
    if (lastEventId !== undefined) headers.set('last-event-id', lastEventId)
    const refused = renew ? this.#session.currentToken() : undefined
    return this.#authorized(stream_origin + path, { headers, signal }, refused)
  }

  #clientConfig(): Promise<ClientConfig> {
    this.#config ??= fetchClientConfig(this.#fetch).catch((error: unknown) => {
      this.#config = undefined
      throw error
    })
    return this.#config
  }

  /** Sends with a token, and once more with a new one when the first is refused. */
  async #authorized(url: string, init: RequestInit, refused?: string): Promise<Response> {
    const first = await this.#session.accessToken({ refused })
    const response = await this.#withToken(url, init, first)
    if (response.status !== 401) return response
    await response.body?.cancel()
    const second = await this.#session.accessToken({ refused: first })
    const answer = await this.#withToken(url, init, second)
    if (answer.status === 401) this.#session.expire(second)
    return answer
  }

  #withToken(url: string, init: RequestInit, token: string): Promise<Response> {
    const headers = new Headers(init.headers)
    headers.set('authorization', `Bearer ${token}`)
    return send(this.#fetch, url, { ...init, headers, cache: 'no-store' })
  }
}

/** What a browser needs to know before anybody has signed in. */
export async function fetchClientConfig(fetch: Fetch): Promise<ClientConfig> {
  return readReply(await send(fetch, '/api/config', { cache: 'no-store' }), ClientConfig)
}
