import { createParser } from 'eventsource-parser'

export interface Reader {
  /** Resolves when the stream has said `initial`. */
  readonly opened: Promise<void>
  close(): void
}

/**
 * Reads one conversation stream and reports each message id as it arrives. Throws (through `opened`) when the
 * server refuses; an end of the stream while it is read is reported as an error too, since no figure survives it.
 */
export function readStream(
  url: string,
  token: string,
  onMessage: (messageId: string) => void,
  onFailure: (error: unknown) => void,
  onSummary: (summary: { covers_up_to: string }) => void = () => undefined,
): Reader {
  const abort = new AbortController()
  const opened = Promise.withResolvers<void>()
  const parser = createParser({
    onEvent: ({ event, data }) => {
      if (event === 'initial') opened.resolve()
      if (event === 'summary') onSummary(JSON.parse(data) as { covers_up_to: string })
      if (event !== 'new_messages') return
      const { messages } = JSON.parse(data) as { messages: { message_id: string }[] }
      for (const { message_id } of messages) onMessage(message_id)
    },
  })
  const read = async (): Promise<void> => {
    const response = await fetch(url, { headers: { authorization: `Bearer ${token}` }, signal: abort.signal })
    if (!response.ok || response.body === null) throw new Error(`${url} answered ${response.status}`)
    const decoder = new TextDecoder()
    for await (const chunk of response.body)
      parser.feed(decoder.decode(chunk as Uint8Array, { stream: true }))
    throw new Error(`${url} ended`)
  }
  read().catch((error: unknown) => {
    if (abort.signal.aborted) return
    opened.reject(error)
    onFailure(error)
  })
  return {
    opened: opened.promise,
    close: () => {
      abort.abort()
    },
  }
}
