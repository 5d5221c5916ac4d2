import type { SseEvent } from './sse-format.ts'

/**
 * The text of one WebSocket message: what an SSE reader gets as `id`, `event` and `data`, as one JSON object. `json` goes
 * in as it is, so that an event is serialized once for readers of both kinds.
 */
export function formatSocketEvent({ event, json, id }: Pick<SseEvent, 'event' | 'json' | 'id'>): string {
  const place = id === undefined ? '' : `"id":${JSON.stringify(id)},`
  return `{"event":${JSON.stringify(event)},${place}"data":${json}}`
}
