import { formatSocketEvent } from './socket-format.ts'
import { type SseEvent, formatSseEvent } from './sse-format.ts'

/** One event on its way to any number of readers: serialized once, framed once per protocol, the same bytes to all. */
export type Frame = {
  readonly event: string
  readonly id: string | undefined
  readonly json: string
  /** The framed bytes for SSE readers; made at the first call. */
  readonly sse: () => Buffer
  /** The text of its WebSocket message, as bytes; made at the first call. */
  readonly socket: () => Buffer
}

export function createFrame(event: SseEvent): Frame {
  let bytes: Buffer | undefined
  let text: Buffer | undefined
  return {
    event: event.event,
    id: event.id,
    json: event.json,
    sse: () => (bytes ??= Buffer.from(formatSseEvent(event), 'utf8')),
    socket: () => (text ??= Buffer.from(formatSocketEvent(event), 'utf8')),
  }
}

export const frameOf = (event: string, data: object, id?: string): Frame =>
  createFrame({ event, json: JSON.stringify(data), id })
