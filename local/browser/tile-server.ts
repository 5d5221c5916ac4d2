import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface TileServer {
  readonly template: string
  /** Every tile that was asked for, `z/x/y`, in its order. */
  readonly asked: readonly string[]
  /** Who was named as asking, over all tiles. */
  readonly referrers: ReadonlySet<string | undefined>
  /** From now on it answers with this status. */
  answer(status: 200 | 404 | 500): void
  close(): Promise<void>
}

/** A map of nowhere: two streets and the number of the tile. */
const drawing = (tile: string) => `<svg xmlns="http://www.w3.org/2000/svg" width="256" height="256">
<rect width="256" height="256" fill="#eef0e6"/><path d="M0 90h256M150 0v256" stroke="#fff" stroke-width="18"/>
<rect x="20" y="120" width="90" height="70" fill="#d8d2c4"/><text x="8" y="246" font-size="14" fill="#667">${tile}</text></svg>`

/** A tile server of the company's own. */
export async function startTileServer(): Promise<TileServer> {
  const asked: string[] = []
  const referrers = new Set<string | undefined>()
  let status = 200
  const server = createServer((request, response) => {
    const tile = /^\/tiles\/(\d+\/\d+\/\d+)\.svg$/.exec(request.url ?? '')?.[1]
    if (tile === undefined) {
      response.writeHead(404).end()
      return
    }
    asked.push(tile)
    referrers.add(request.headers.referer)
    response.writeHead(status, { 'content-type': 'image/svg+xml', 'cache-control': 'no-store' })
    response.end(status === 200 ? drawing(tile) : '')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    template: `http://127.0.0.1:${port}/tiles/{z}/{x}/{y}.svg`,
    asked,
    referrers,
    answer: (next) => {
      status = next
    },
    close: async () => {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}
