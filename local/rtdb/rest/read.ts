import type { Access } from '../auth/access.ts'
import type { Namespace } from '../namespace.ts'
import { defaultQuery, formatIndex } from '../query/query.ts'
import type { Query } from '../query/query.ts'
import { windowOf } from '../query/window.ts'
import { toExport, toValue } from '../tree/json.ts'
import type { Node } from '../tree/node.ts'
import { formatPath } from '../tree/path.ts'
import type { Path } from '../tree/path.ts'
import { etagHeaders } from './etag.ts'
import { jsonReply } from './reply.ts'
import type { Reply } from './reply.ts'
import { permissionDenied, RestError } from './rest-error.ts'
import { parseRestQuery } from './rest-query.ts'
import { parseLocation } from './rest-request.ts'
import type { RestRequest } from './rest-request.ts'

/** What a GET asks for. */
export interface ReadTarget {
  readonly path: Path
  readonly query: Query
}

/** What a request reads. @throws {RestError} 400 for a bad query. @throws {InvalidDataError} for a bad path. */
export function parseReadTarget(request: RestRequest): ReadTarget {
  return { path: parseLocation(request), query: parseRestQuery(request.parameters) ?? defaultQuery }
}

/**
 * Refuses what may not be read: by the rules (401), or for want of an index (400), which stops administrators too and,
 * unlike on the wire, a mere order as well.
 */
export function checkReadable(namespace: Namespace, { path, query }: ReadTarget, access: Access): void {
  if (!namespace.canRead(path, query, access)) throw permissionDenied()
  if (query.index.kind === 'key' || query.index.kind === 'priority') return
  const index = formatIndex(query.index)
  if (namespace.rules.indexesAt(path).includes(index)) return
  const place = `for path "/${formatPath(path)}", to the rules`
  throw new RestError(400, `Index not defined, add ".indexOn": ${JSON.stringify(index)}, ${place}`)
}

/** How a request wants data: with priorities for `format=export`, as an application reads it otherwise. */
export function jsonFormat({ parameters }: RestRequest): (node: Node) => unknown {
  return parameters.get('format') === 'export' ? toExport : toValue
}

/** Answers a GET. */
export function readData(request: RestRequest, namespace: Namespace, access: Access): Reply {
  const target = parseReadTarget(request)
  checkReadable(namespace, target, access)
  const node = namespace.root.at(target.path)
  const shown = windowOf(target.query, node)
  const { parameters } = request
  const json = parameters.get('shallow') === 'true' ? shallow(shown) : jsonFormat(request)(shown)
  const reply = jsonReply(200, json, { pretty: parameters.get('print') === 'pretty' })
  return {
    ...reply,
    headers: { ...etagHeaders(request, node), ...downloadHeaders(parameters.get('download')) },
  }
}

function shallow(node: Node): unknown {
  if (!node.hasChildren()) return toValue(node)
  return Object.fromEntries([...node.entries()].map(([key]) => [key, true]))
}

function downloadHeaders(file: string | null): Record<string, string> {
  if (file === null) return {}
  const encoded = encodeURIComponent(file.toWellFormed()).replaceAll("'", '%27')
  return { 'content-disposition': `attachment; filename*=UTF-8''${encoded}` }
}
