import type { ListenCount } from './namespace.ts'
import type { Namespaces } from './namespaces.ts'

/** How busy the server is; `listens` by namespace. */
export interface DatabaseStats {
  /** Open WebSocket connections. */
  readonly connections: number
  readonly listens: Readonly<Record<string, readonly ListenCount[]>>
}

/** What `rest/handler.ts` works with: `createRestHandler(context)` gives the listener of plain HTTP requests. */
export interface ServerContext {
  readonly namespaces: Namespaces
  /** Milliseconds since the epoch. */
  readonly now: () => number
  readonly stats: () => DatabaseStats
}
