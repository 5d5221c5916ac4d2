import { connect, createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'

import { onTestFinished } from 'vitest'

export interface Proxy {
  readonly port: number
  /** Breaks every connection without a goodbye. */
  cut(): void
  /** Breaks every client's side alone: the server hears nothing of it. */
  lose(): void
  /** How many connections came so far. */
  readonly accepted: number
}

/** A network between a client and its server that can break. */
export async function startProxy(target: { readonly port: number }): Promise<Proxy> {
  const open = new Set<Socket>()
  const clients = new Set<Socket>()
  const lost = new Set<Socket>()
  let accepted = 0
  const server = createServer((client) => {
    accepted += 1
    clients.add(client)
    client.on('close', () => clients.delete(client))
    const upstream = connect(target.port, '127.0.0.1')
    for (const [socket, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      open.add(socket)
      socket.pipe(other)
      socket.on('error', () => other.destroy())
      socket.on('close', () => {
        open.delete(socket)
        if (!lost.delete(socket)) other.destroy()
      })
    }
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const cut = (): void => {
    for (const socket of open) socket.resetAndDestroy()
  }
  const lose = (): void => {
    for (const client of clients) {
      lost.add(client)
      client.destroy()
    }
  }
  onTestFinished(() => {
    cut()
    server.close()
  })
  return {
    port: (server.address() as AddressInfo).port,
    cut,
    lose,
    get accepted() {
      return accepted
    },
  }
}
