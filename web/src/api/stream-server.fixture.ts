import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { NetworkHint } from './network-hint.ts'

/** How a test's server answers one request. */
export type Answer = (response: ServerResponse, request: IncomingMessage) => void

/** A server that answers the n-th request as the n-th answer says, and from then on as the last. */
export async function serve(...answers: Answer[]) {
  const requests: IncomingMessage[] = []
  const server = createServer((request, response) => {
    requests.push(request)
    answers[Math.min(requests.length, answers.length) - 1]?.(response, request)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const close = () => {
    server.closeAllConnections()
    return new Promise((resolve) => server.close(resolve))
  }
  return { requests, close, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` }
}

export const begin = (response: ServerResponse) => {
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' })
  response.flushHeaders()
}
export const streaming =
  (...chunks: string[]): Answer =>
  (response) => {
    begin(response)
    for (const chunk of chunks) response.write(chunk)
  }
export const ending =
  (...chunks: string[]): Answer =>
  (response) => {
    begin(response)
    response.end(chunks.join(''))
  }
export const refusing =
  (status: number, message: string): Answer =>
  (response) => {
    const error = { code: 'x', message, timestamp: '2025-10-03T11:58:04Z' }
    response.writeHead(status, { 'content-type': 'application/json' })
    response.end(JSON.stringify({ success: false, error }))
  }

/** A network hint that a test turns on and off. */
export function fakeNetwork(isOnline = true): NetworkHint & { set: (isOnline: boolean) => void } {
  const listeners = new Set<() => void>()
  return {
    isOnline: () => isOnline,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    set: (next) => {
      isOnline = next
      for (const listener of listeners) listener()
    },
  }
}
