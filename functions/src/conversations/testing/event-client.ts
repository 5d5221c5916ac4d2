import { once } from 'node:events'

export interface ReceivedEvent {
  event: string
  id: string | undefined
  retry: number | undefined
  data: Record<string, unknown>
}

/** A client of Server-Sent Events for tests: keeps every event and lets a test wait for the one it is about. */
export interface EventClient {
  status: number
  headers: Headers
  /** The body of a refusal. */
  refusal: unknown
  events: ReceivedEvent[]
  /** The first event, from the one after the last returned, that fits. Rejects when the stream ends before. */
  next(fits?: string | ((event: ReceivedEvent) => boolean)): Promise<ReceivedEvent>
  /** Resolves when the server has closed the stream. */
  ended: Promise<void>
  close(): void
}

export async function openEvents(url: string, token: string, lastEventId?: string): Promise<EventClient> {
  const abort = new AbortController()
  const response = await fetch(url, {
    signal: abort.signal,
    headers: {
      authorization: `Bearer ${token}`,
      accept: 'text/event-stream',
      ...(lastEventId !== undefined && { 'last-event-id': lastEventId }),
    },
  })
  const events: ReceivedEvent[] = []
  const news = new EventTarget()
  let finished = false
  let taken = 0
  const isStream = response.headers.get('content-type')?.startsWith('text/event-stream') === true
  const ended = isStream
    ? readAll(response, (event) => {
        events.push(event)
        news.dispatchEvent(new Event('news'))
      }).finally(() => {
        finished = true
        news.dispatchEvent(new Event('news'))
      })
    : Promise.resolve()

  return {
    status: response.status,
    headers: response.headers,
    refusal: isStream ? undefined : await response.json(),
    events,
    ended,
    async next(fits = () => true) {
      const matches = typeof fits === 'string' ? ({ event }: ReceivedEvent) => event === fits : fits
      for (;;) {
        while (taken < events.length) {
          const event = events[taken]
          taken += 1
          if (event !== undefined && matches(event)) return event
        }
        if (finished) throw new Error(`the stream ended after ${events.map(({ event }) => event).join(', ')}`)
        await once(news, 'news')
      }
    },
    close: () => abort.abort(),
  }
}

async function readAll(response: Response, onEvent: (event: ReceivedEvent) => void): Promise<void> {
  let rest = ''
  try {
    for await (const text of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      const blocks = (rest + text).split('\n\n')
      rest = blocks.pop() ?? ''
      for (const block of blocks) {
        const event = parseBlock(block)
        if (event !== undefined) onEvent(event)
      }
    }
  } catch (error) {
    // A stream that was cut has ended too; what it said is in `events`.
    if (!(error instanceof Error)) throw error
  }
}

function parseBlock(block: string): ReceivedEvent | undefined {
  const fields = new Map(
    block.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(': ') + 2)]),
  )
  const event = fields.get('event')
  if (event === undefined) return undefined
  const retry = fields.get('retry')
  return {
    event,
    id: fields.get('id'),
    retry: retry === undefined ? undefined : Number(retry),
    data: JSON.parse(fields.get('data') ?? 'null'),
  }
}
