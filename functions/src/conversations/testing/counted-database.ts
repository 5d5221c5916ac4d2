import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { WebSocket, WebSocketServer } from 'ws'

export interface CountedDatabase {
  /** `host:port` to connect to in the database's place. */
  host: string
  /** The listeners open on the wire, `path × how many` for each query of a path, in order of path. */
  listens(): string[]
  close(): void
}

/**
 * Stands between an SDK and any Realtime Database, and counts the listens that are asked for and given up: no
 * database tells which it has (protocol: frames `d` with the actions `q` and `n`).
 */
export async function countListens(databaseHost: string): Promise<CountedDatabase> {
  const connections = new Set<Set<string>>()
  const http = createServer().listen(0, '127.0.0.1')
  await once(http, 'listening')
  const sockets = new WebSocketServer({ server: http })
  sockets.on('connection', (client, { url = '/', headers }) => {
    const listens = new Set<string>()
    connections.add(listens)
    const database = new WebSocket(`ws://${databaseHost}${url}`, {
      headers: headers.authorization === undefined ? {} : { authorization: headers.authorization },
    })
    const waiting: string[] = []
    client.on('message', (data: Buffer) => {
      const frame = data.toString()
      note(listens, frame)
      if (database.readyState === WebSocket.OPEN) database.send(frame)
      else waiting.push(frame)
    })
    database.on('open', () => waiting.splice(0).forEach((frame) => database.send(frame)))
    database.on('message', (data: Buffer) => client.send(data.toString()))
    for (const [side, other] of [
      [client, database],
      [database, client],
    ] as const) {
      side.on('error', () => other.terminate())
      side.on('close', () => {
        connections.delete(listens)
        other.close()
      })
    }
  })
  return {
    host: `127.0.0.1:${(http.address() as AddressInfo).port}`,
    listens() {
      const counts = new Map<string, number>()
      for (const key of [...connections].flatMap((listens) => [...listens])) {
        counts.set(key, (counts.get(key) ?? 0) + 1)
      }
      return [...counts].map(([key, count]) => `${key.split('?')[0]} × ${count}`).toSorted()
    },
    close() {
      for (const client of sockets.clients) client.terminate()
      sockets.close()
      http.close()
    },
  }
}

/** Pieces of a long message are no JSON, and what is listened to is never long. */
function note(listens: Set<string>, frame: string): void {
  if (!frame.startsWith('{')) return
  let message: { d?: { a?: string; b?: { p?: string; q?: unknown } } }
  try {
    message = JSON.parse(frame)
  } catch {
    return
  }
  const { a: action, b: body } = message.d ?? {}
  const key = `${body?.p?.replace(/^\//, '')}?${JSON.stringify(body?.q ?? null)}`
  if (action === 'q') listens.add(key)
  if (action === 'n') listens.delete(key)
}
