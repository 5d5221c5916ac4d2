import { createParser } from 'eventsource-parser'
import type { z } from 'zod'
import { StreamEvents } from '@lifeline/functions/contract'
import { readRefusal } from './http.ts'

/** Events of a stream by name, as the contract lists them. */
export type EventSchemas = Readonly<Record<string, z.ZodType>>

/** One event that passed its schema. */
export type StreamEvent<E extends EventSchemas> = {
  [Name in keyof E]: { event: Name; data: z.infer<E[Name]> }
}[keyof E]

/** How one connection came to its end. */
export type Outcome =
  /** It broke, or could not be made. `planned`: the server asked us to come back, which is not a failure. */
  | { signal: 'lost'; planned: boolean; afterMs: number; renew: boolean }
  | { signal: 'end' }
  | { signal: 'deny'; message: string }
  | { signal: 'expire' }

export type Connection<E extends EventSchemas> = {
  response: Response
  events: E
  signal: AbortSignal
  onBytes: () => void
  onEvent: (event: StreamEvent<E>) => void
  onCursor: (id: string) => void
  onRetry: (ms: number) => void
}

export const LOST = { signal: 'lost' as const, planned: false, afterMs: 0, renew: false } satisfies Outcome

/** Far above the largest `initial` event that a server of ours sends. */
const MAX_EVENT_CHARS = 32 * 1024 * 1024

/** Events after which nothing more comes. */
const ENDING: ReadonlySet<string> = new Set(['ended', 'session_completed', 'session_failed'])
const RENEWING: ReadonlySet<string> = new Set(['token-expired', 'token-revoked', 'unauthenticated'])
const PASSING: ReadonlySet<string> = new Set(['unavailable', 'internal', 'too-many-requests'])

/**
 * What a program makes of the `code` of an `error` event: come back with a fresh token, come back later, or
 * accept it as final.
 */
function outcomeOfError({ code, error }: z.infer<typeof StreamEvents.error>): Outcome {
  if (RENEWING.has(code)) return { ...LOST, renew: true }
  if (PASSING.has(code)) return LOST
  return { signal: 'deny', message: error }
}

/** What an answer that is no event stream means; `undefined` when it is one. */
export async function outcomeOfResponse(response: Response): Promise<Outcome | undefined> {
  if (response.ok && response.headers.get('content-type')?.startsWith('text/event-stream')) return undefined
  if (response.status === 401) return { signal: 'expire' }
  // Whoever resumes after the last event of all is told so.
  if (response.status === 204) return { signal: 'end' }
  if (response.status === 403 || response.status === 404) {
    const refusal = readRefusal(response.status, await response.json().catch(() => undefined))
    return { signal: 'deny', message: refusal?.message ?? 'This cannot be shown.' }
  }
  await response.body?.cancel()
  const seconds = Number(response.headers.get('retry-after'))
  return Number.isFinite(seconds) && seconds > 0 ? { ...LOST, afterMs: seconds * 1000 } : LOST
}

/** Takes one event in. What it means for the connection, if it ends it. */
function take<E extends EventSchemas>(
  name: string,
  data: string,
  { events, onEvent }: Pick<Connection<E>, 'events' | 'onEvent'>,
): Outcome | undefined {
  const schema = Object.hasOwn(events, name) ? events[name] : undefined
  // Events of a later version of the server are no business of ours.
  if (schema === undefined && name !== 'error' && name !== 'reconnect') return undefined
  const json = parseJson(data)
  if (name === 'error') {
    const error = StreamEvents.error.safeParse(json)
    return error.success ? outcomeOfError(error.data) : LOST
  }
  if (name === 'reconnect') {
    const reconnect = StreamEvents.reconnect.safeParse(json)
    if (!reconnect.success) return LOST
    return { ...LOST, planned: reconnect.data.reason !== 'too-slow', afterMs: reconnect.data.retry_after_ms }
  }
  const parsed = schema?.safeParse(json)
  if (!parsed?.success) return LOST
  onEvent({ event: name, data: parsed.data } as StreamEvent<E>)
  return ENDING.has(name) ? { signal: 'end' } : undefined
}

/** Reads one open event stream to its end, and says why it ended. Never throws. */
export async function readStream<E extends EventSchemas>(connection: Connection<E>): Promise<Outcome> {
  const { response, signal, onBytes, onCursor, onRetry } = connection
  if (response.body === null) return LOST
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
  const stop = () => void reader.cancel().catch(() => undefined)
  let outcome: Outcome | undefined
  const conclude = (conclusion: Outcome) => {
    outcome ??= conclusion
    stop()
  }
  const parser = createParser({
    maxBufferSize: MAX_EVENT_CHARS,
    onRetry,
    onError: ({ type }) => {
      if (type === 'max-buffer-size-exceeded') conclude(LOST)
    },
    onEvent: ({ event: name = 'message', data, id }) => {
      if (outcome !== undefined) return
      const conclusion = take(name, data, connection)
      // Only after the event has been taken in: what was not shown is asked for again.
      if (id !== undefined && conclusion === undefined) onCursor(id)
      if (conclusion !== undefined) conclude(conclusion)
    },
  })
  signal.addEventListener('abort', stop, { once: true })
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) break
      onBytes()
      parser.feed(value)
    }
  } catch {
    // A broken connection; the reason is the network's and of no use to anybody here.
  } finally {
    signal.removeEventListener('abort', stop)
    stop()
  }
  return outcome ?? LOST
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
