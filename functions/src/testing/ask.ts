import type { LiveServer } from '../conversations/testing/live-server.ts'
import { type Ids, fill } from './ids.ts'
import type { Token } from './people.ts'

/** What a route is asked, but for who asks; ids stand in it by their names, `{call_id}`. */
export interface Asked {
  /** JSON, or text as it is. */
  body?: unknown
  query?: string
  headers?: Record<string, string>
}

export interface Answered {
  status: number
  /** What was answered, without what every answer has of its own: times, and the ids that were asked about. */
  body: string
}

const TIME = /\d{4}-\d\d-\d\dT[\d:.]+Z/g

/** Asks a route (`GET /chats/{conversation_id}`) about these ids. Of a stream only the status is awaited. */
export async function ask(
  { origin }: Pick<LiveServer, 'origin'>,
  name: string,
  { body, query = '', headers }: Asked,
  { ids, token }: { ids: Ids; token: Token },
): Promise<Answered> {
  const [method = '', path = ''] = name.split(' ')
  const gone = new AbortController()
  const isText = typeof body === 'string'
  const sent = body === undefined ? {} : { body: fill(isText ? body : JSON.stringify(body), ids) }
  const response = await fetch(
    `${origin}${fill(path, ids, encodeURIComponent)}${fill(query, ids, encodeURIComponent)}`,
    {
      method,
      signal: gone.signal,
      headers: {
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...sent,
    },
  )
  const isStream = response.headers.get('content-type')?.startsWith('text/event-stream') === true
  const text = isStream ? '' : await response.text()
  gone.abort()
  const named = Object.values(ids).toSorted((a, b) => b.length - a.length)
  return {
    status: response.status,
    body: named.reduce((told, id) => told.replaceAll(id, '{id}'), text).replaceAll(TIME, '{time}'),
  }
}
