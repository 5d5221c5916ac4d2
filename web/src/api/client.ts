import {
  AlarmReply,
  AuditReply,
  AlarmsReply,
  AdminsReply,
  CallReply,
  CallsReply,
  ClientConfig,
  ConversationsListResponse,
  ConversationsResponse,
  GetConversationResponse,
  PostMessageReply,
  SearchReply,
  SeenReply,
  TemplatesReply,
  TimelineReply,
  TypingReply,
  SummaryReply,
} from '@lifeline/functions/contract'
import type {
  Alarm,
  AlarmKind,
  Verdict,
  Call,
  Colleague,
  Conversation,
  Message,
  SeenMark,
  Template,
  Urgency,
  Summary,
} from '@lifeline/functions/contract'
import type { z } from 'zod'
import { UnreachableError } from './errors.ts'
import { jsonPost, readBlob, readReply, send, type Fetch } from './http.ts'
import { type UploadMedia, uploadMedia } from '../media/upload-media.ts'
import type { OpenRequest } from './event-stream.ts'
import type { Session } from './session.ts'

/** Longest wait for the answer to an act, ms. The server itself gives up on its database after 10 s. */
const POST_TIMEOUT_MS = 15_000

/** The API as the console uses it. Every reply is parsed by its schema; every method throws as `readReply` does. */
export class ApiClient {
  readonly #fetch: Fetch
  readonly #session: Session
  #config: Promise<ClientConfig> | undefined

  constructor({ fetch, session }: { fetch: Fetch; session: Session }) {
    this.#fetch = fetch
    this.#session = session
  }

  /** All active calls that the caller may see. */
  async calls(signal: AbortSignal): Promise<Call[]> {
    const calls: Call[] = []
    let path = '/api/calls?limit=500'
    for (;;) {
      const page = await readReply(await this.#authorized(path, { signal }), CallsReply)
      calls.push(...page.calls)
      if (page.next_cursor === null) return calls
      path = `/api/calls?limit=500&cursor=${encodeURIComponent(page.next_cursor)}`
    }
  }

  /** The latest ended calls that the caller may see, a page at a time. */
  async endedCalls(cursor: string | null, signal: AbortSignal): Promise<z.infer<typeof CallsReply>> {
    const after = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`
    const response = await this.#authorized(`/api/calls?status=ENDED&limit=50${after}`, { signal })
    return readReply(response, CallsReply)
  }

  /** The admins of the caller's company, by name. */
  async admins(signal: AbortSignal): Promise<Colleague[]> {
    return (await readReply(await this.#authorized('/api/admins', { signal }), AdminsReply)).admins
  }

  async conversation(conversationId: string, signal: AbortSignal): Promise<Conversation> {
    const response = await this.#authorized(`/api/conversation/${encodeURIComponent(conversationId)}`, {
      signal,
    })
    return (await readReply(response, GetConversationResponse)).conversation
  }

  /** The final summary of a conversation, or its live one; null while there is none. */
  async summary(conversationId: string, signal: AbortSignal): Promise<Summary | null> {
    const path = `/api/conversation/${encodeURIComponent(conversationId)}/summary`
    return (await readReply(await this.#authorized(path, { signal }), SummaryReply)).summary
  }

  /** The call as it is now, held by the caller; repeating it changes nothing. 409 when another holds it. */
  takeOver(callId: string): Promise<Call> {
    return this.#actOnCall(callId, 'takeover', {})
  }

  /** Hands the call back to nobody. */
  release(callId: string): Promise<Call> {
    return this.#actOnCall(callId, 'release', {})
  }

  /** Offers the call to another admin, who has a while to answer. */
  transfer(callId: string, to: string): Promise<Call> {
    return this.#actOnCall(callId, 'transfer', { to })
  }

  /** Takes a call that was offered; 409 when the offer stands no more. */
  acceptTransfer(callId: string): Promise<Call> {
    return this.#actOnCall(callId, 'transfer/accept', {})
  }

  /** Declines an offer, or takes one's own back. */
  declineTransfer(callId: string): Promise<Call> {
    return this.#actOnCall(callId, 'transfer/decline', {})
  }

  /** Ends the call for good; repeating it changes nothing. */
  end(callId: string): Promise<Call> {
    return this.#actOnCall(callId, 'end', {})
  }

  async setUrgency(callId: string, urgency: Urgency, reason: string): Promise<Call> {
    const patch = { ...jsonPost({ urgency, reason }), method: 'PATCH' }
    return (await readReply(await this.#post(`/api/calls/${encodeURIComponent(callId)}`, patch), CallReply))
      .call
  }

  async #actOnCall(callId: string, act: string, body: object): Promise<Call> {
    const response = await this.#post(`/api/calls/${encodeURIComponent(callId)}/${act}`, jsonPost(body))
    return (await readReply(response, CallReply)).call
  }

  /**
   * Sends a message as the holder of the call. `key` is the sender's own name for it: however often it is sent under
   * it, it is stored once.
   */
  async sendMessage(
    conversationId: string,
    {
      key,
      ...body
    }: {
      key: string
      content: string
      timestamp: string
      lease: number | undefined
      attachment: { media_id: string } | undefined
    },
  ): Promise<Message> {
    const path = `/api/conversation/${encodeURIComponent(conversationId)}/messages`
    const post = jsonPost(body, { 'idempotency-key': key })
    return (await readReply(await this.#post(path, post), PostMessageReply)).message
  }

  /** The bytes of an image or a recording. */
  async media(conversationId: string, mediaId: string): Promise<Blob> {
    const path = `/api/conversation/${encodeURIComponent(conversationId)}/attachments/${encodeURIComponent(mediaId)}`
    return readBlob(await this.#authorized(path, {}))
  }

  /** Uploads an image or a recording for a message of the caller's. */
  uploadMedia: UploadMedia = (target, blob, onProgress) =>
    uploadMedia(() => this.#session.accessToken({}))(target, blob, onProgress)

  /** Marks how far the caller has read. Only the mark of the holder is shown to the worker. */
  async markSeen(conversationId: string, messageId: string): Promise<SeenMark> {
    const path = `/api/conversation/${encodeURIComponent(conversationId)}/seen`
    return (await readReply(await this.#post(path, jsonPost({ message_id: messageId })), SeenReply)).seen
  }

  /** Tells the worker that the holder is writing, or is not any more. */
  async setTyping(conversationId: string, typing: boolean): Promise<void> {
    const path = `/api/conversation/${encodeURIComponent(conversationId)}/typing`
    await readReply(await this.#post(path, jsonPost({ typing })), TypingReply)
  }

  /** The standing phrases of the caller's company, in the order of an emergency. */
  async templates(signal: AbortSignal): Promise<Template[]> {
    return (await readReply(await this.#authorized('/api/templates', { signal }), TemplatesReply)).templates
  }

  /** Alarms that the caller may see, latest first. */
  async alarms(
    { open, kind, limit, cursor }: { open?: boolean; kind?: AlarmKind; limit?: number; cursor?: string },
    signal: AbortSignal,
  ): Promise<{ alarms: Alarm[]; next_cursor: string | null }> {
    const query = new URLSearchParams()
    for (const [name, value] of Object.entries({ open, kind, limit, cursor })) {
      if (value !== undefined) query.set(name, String(value))
    }
    return await readReply(await this.#authorized(`/api/alarms?${query}`, { signal }), AlarmsReply)
  }

  /** 409 when somebody else has. */
  async acknowledgeAlarm(alarmId: string): Promise<Alarm> {
    const path = `/api/alarms/${encodeURIComponent(alarmId)}/acknowledge`
    return (await readReply(await this.#post(path, jsonPost({})), AlarmReply)).alarm
  }

  /** Closes an alarm for everybody; the same verdict again changes nothing. */
  async closeAlarm(alarmId: string, verdict: Verdict, note: string): Promise<Alarm> {
    const path = `/api/alarms/${encodeURIComponent(alarmId)}/verdict`
    return (await readReply(await this.#post(path, jsonPost({ verdict, note })), AlarmReply)).alarm
  }

  /** What happened to the call of a conversation, earliest first, and the names of those who did it. */
  async timeline(conversationId: string, signal: AbortSignal): Promise<z.infer<typeof TimelineReply>> {
    const path = `/api/conversation/${encodeURIComponent(conversationId)}/timeline`
    return readReply(await this.#authorized(path, { signal }), TimelineReply)
  }

  /** The whole conversation as a file. */
  async exportConversation(
    conversationId: string,
    format: 'json' | 'pdf',
    signal: AbortSignal,
  ): Promise<Blob> {
    const path = `/api/conversation/${encodeURIComponent(conversationId)}/export?format=${format}`
    return readBlob(await this.#authorized(path, { signal }))
  }

  /** A page of the company's audit log for a query of `GET /api/audit`, latest first. For managers. */
  async audit(query: URLSearchParams, signal: AbortSignal): Promise<z.infer<typeof AuditReply>> {
    return readReply(await this.#authorized(`/api/audit?${query}`, { signal }), AuditReply)
  }

  openAlarms = (request: OpenRequest): Promise<Response> => this.#openStream('/api/alarms/stream', request)

  /** Messages for a query of `GET /api/search/messages`, from `cursor` on. */
  async searchMessages(query: string, cursor: string | undefined, signal: AbortSignal): Promise<SearchReply> {
    const from = cursor === undefined ? '' : `&cursor=${encodeURIComponent(cursor)}`
    return readReply(await this.#authorized(`/api/search/messages?${query}${from}`, { signal }), SearchReply)
  }

  /** A page of conversations for a query of `GET /conversations/user`. */
  async history(query: string, signal: AbortSignal): Promise<ConversationsListResponse> {
    const ask = async () =>
      this.#withToken(`/conversations/user?${query}`, { signal }, await this.#session.accessToken({}))
    const first = await ask()
    if (first.status !== 401) return readReply(first, ConversationsListResponse)
    // Also what is said to somebody who is signed in and asks for another's; only that must not sign them out.
    await first.body?.cancel()
    await (await this.#authorized('/api/auth/me', { signal })).body?.cancel()
    return readReply(await ask(), ConversationsListResponse)
  }

  /** What is known about a conversation beside its messages; also of an ended one. */
  async conversationRecord(conversationId: string, signal: AbortSignal): Promise<ConversationsResponse> {
    const path = `/conversations/${encodeURIComponent(conversationId)}`
    return readReply(await this.#authorized(path, { signal }), ConversationsResponse)
  }

  /** The reply to whatever a feature asks for by itself. */
  async read<S extends z.ZodType>(path: string, schema: S, init: RequestInit): Promise<z.infer<S>> {
    return readReply(await this.#authorized(path, init), schema)
  }

  /** The bytes of a reply to the same. */
  async readBytes(path: string, init: RequestInit): Promise<Blob> {
    return readBlob(await this.#authorized(path, init))
  }

  /** Opens an event stream of the API. */
  openStream = (path: string, request: OpenRequest): Promise<Response> => this.#openStream(path, request)

  openCalls = (request: OpenRequest): Promise<Response> => this.#openStream('/api/calls/stream', request)

  openConversation(conversationId: string, request: OpenRequest): Promise<Response> {
    return this.#openStream(`/api/conversation/${encodeURIComponent(conversationId)}/stream`, request)
  }

  /** Gives up on a server that does not answer: what was asked for may have been done all the same. */
  async #post(url: string, init: RequestInit): Promise<Response> {
    const signal = AbortSignal.timeout(POST_TIMEOUT_MS)
    try {
      return await this.#authorized(url, { ...init, signal })
    } catch (error) {
      if (signal.aborted) throw new UnreachableError('no answer in time', { cause: error })
      throw error
    }
  }

  async #openStream(path: string, { lastEventId, renew, signal }: OpenRequest): Promise<Response> {
    const { stream_origin } = await this.#clientConfig()
    const headers = new Headers({ accept: 'text/event-stream' })
    if (lastEventId !== undefined) headers.set('last-event-id', lastEventId)
    const refused = renew ? this.#session.currentToken() : undefined
    return this.#authorized(stream_origin + path, { headers, signal }, refused)
  }

  /** Where map tiles may be asked for; null: nowhere, and none are. */
  async mapTiles(): Promise<ClientConfig['map_tiles']> {
    return (await this.#clientConfig()).map_tiles
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
