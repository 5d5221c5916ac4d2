/** What goes out for one request. */
export interface Reply {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  /** Text of the body; none for 204. */
  readonly body?: string
}

/** A JSON body, indented when the request asked for `print=pretty`. */
export function jsonReply(status: number, json: unknown, options: { pretty?: boolean } = {}): Reply {
  return { status, body: JSON.stringify(json, null, options.pretty === true ? 2 : undefined) }
}
