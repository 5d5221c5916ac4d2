export type SseEvent = {
  readonly event: string
  /** Serialized JSON on one line, as `JSON.stringify` makes it. */
  readonly json: string
  /** What a client sends back as `Last-Event-ID`. */
  readonly id?: string | undefined
  /** How long a client waits before it comes back, in ms. */
  readonly retry?: number | undefined
}

/**
 * The bytes of one event (WHATWG HTML §9.2.6). `event:` stands before `data:`, each on one line, because the
 * line-by-line clients of spec 1 read no more than that.
 *
 * @throws TypeError when `id` or `event` holds a line break or NUL, or `json` a line break.
 */
export function formatSseEvent({ event, json, id, retry }: SseEvent): string {
  // A line break in any of them would let a stored value forge a field, or a whole event.
  if (/[\r\n\0]/.test(event) || (id !== undefined && /[\r\n\0]/.test(id))) {
    throw new TypeError('SSE id and event must be single-line')
  }
  if (/[\r\n]/.test(json)) throw new TypeError('SSE data must be single-line JSON')
  const idLine = id === undefined ? '' : `id: ${id}\n`
  const retryLine = retry === undefined ? '' : `retry: ${Math.max(0, Math.round(retry))}\n`
  return `${idLine}${retryLine}event: ${event}\ndata: ${json}\n\n`
}
