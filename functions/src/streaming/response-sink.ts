import type { Response } from 'express'
import type { Sink } from './outbox.ts'

const HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-cache, no-transform',
  'x-accel-buffering': 'no',
}

/** How soon a client that lost its stream may come back, ms. */
const RETRY_MS = 2_000

/**
 * Turns a response into a stream of events: the headers and a first line leave at once, so that the client
 * knows it is connected before there is anything to say.
 *
 * @returns the sink, and a signal that aborts when the connection has closed, whoever closed it.
 */
export function responseSink(response: Response, onDrain: () => void): { sink: Sink; gone: AbortSignal } {
  const gone = new AbortController()
  const close = () => gone.abort()
  response.once('close', close)
  // A broken connection also closes; without this listener its error would end the process.
  response.once('error', close)
  response.on('drain', onDrain)
  response.writeHead(200, HEADERS)
  // The request's, for the response has none while another answer goes first on the same connection.
  const { socket } = response.req
  if (response.destroyed || socket.destroyed) close()
  else if (response.req.method === 'HEAD') {
    // The headers are all that was asked for; a stream would hold the connection for nothing.
    response.end()
    close()
  } else {
    socket.setNoDelay(true)
    socket.setTimeout(0)
    response.write(`retry: ${RETRY_MS}\n\n`)
  }
  return {
    gone: gone.signal,
    sink: {
      write: (bytes) => gone.signal.aborted || response.write(bytes),
      end: () => void response.end(),
      destroy: () => void socket.destroy(),
    },
  }
}
