import type { Node } from '../tree/node.ts'
import type { RestRequest } from './rest-request.ts'

const nothing = 'null_etag'

/** The ETag header of a location, when the request asked for it. */
export function etagHeaders({ incoming }: RestRequest, node: Node): Record<string, string> {
  return incoming.headers['x-firebase-etag'] === 'true' ? { etag: etagOf(node) } : {}
}

/** A location's ETag: its hash, or `null_etag` where there is nothing. */
export function etagOf(node: Node): string {
  return node.hash() === '' ? nothing : node.hash()
}

/** The hash that `if-match` demands (`''` for nothing there); undefined without the header. */
export function expectedHash({ incoming }: RestRequest): string | undefined {
  const header = incoming.headers['if-match']
  if (header === undefined) return undefined
  const etag = header.replace(/^"(.*)"$/, '$1')
  return etag === nothing ? '' : etag
}
