import type { Access } from '../auth/access.ts'
import type { CommitOutcome, Namespace } from '../namespace.ts'
import { defaultQuery } from '../query/query.ts'
import { toValue } from '../tree/json.ts'
import { checkPath, joinPath, parseWritePath } from '../tree/path.ts'
import type { Path } from '../tree/path.ts'
import type { Write } from '../write-set.ts'
import { parseJson, parseJsonMembers } from './body.ts'
import { etagHeaders, etagOf, expectedHash } from './etag.ts'
import { jsonReply } from './reply.ts'
import type { Reply } from './reply.ts'
import { permissionDenied, RestError } from './rest-error.ts'
import { parseLocation } from './rest-request.ts'
import type { RestRequest } from './rest-request.ts'

/** What a write needs besides its request. */
export interface WriteContext {
  readonly request: RestRequest
  readonly namespace: Namespace
  readonly access: Access
  readonly body: string
}

/** PUT: replaces a location; answers what is there now, server values resolved. */
export function putData(context: WriteContext): Reply {
  const path = parseLocation(context.request)
  return replace(context, path, parseJson(context.body))
}

/** DELETE: removes a location; answers null. */
export function deleteData(context: WriteContext): Reply {
  return replace(context, parseLocation(context.request), null)
}

/** PATCH: replaces the places that the body's keys (maybe paths) name, all or none. */
export function patchData(context: WriteContext): Reply {
  refuseCondition(context.request)
  const base = checkPath(parseLocation(context.request))
  const members = parseJsonMembers(context.body)
  const writes = members.map(([key, data]) => ({ path: joinPath(base, parseWritePath(key)), data }))
  const outcome = commit(context, writes)
  if (outcome.status !== 'ok') throw permissionDenied()
  const written = writes.map(
    ({ path }, index) => [members[index]?.[0], toValue(outcome.after.at(path))] as const,
  )
  return print(context.request, Object.fromEntries(written))
}

/** POST: writes below a new push id; answers `{"name": id}`. */
export function postData(context: WriteContext, pushId: () => string): Reply {
  refuseCondition(context.request)
  const name = pushId()
  const path = checkPath([...parseLocation(context.request), name])
  const { status } = commit(context, [{ path, data: parseJson(context.body) }])
  if (status !== 'ok') throw permissionDenied()
  return print(context.request, { name })
}

function replace(context: WriteContext, path: Path, data: unknown): Reply {
  const { request } = context
  const outcome = commit(context, [{ path, data }], expectedHash(request))
  if (outcome.status === 'datastale') return conflict(context, path)
  if (outcome.status !== 'ok') throw permissionDenied()
  const node = outcome.after.at(path)
  return { ...print(request, toValue(node)), headers: etagHeaders(request, node) }
}

function commit(
  { request, namespace, access }: WriteContext,
  writes: readonly Write[],
  hash?: string,
): CommitOutcome {
  return namespace.commit({
    writes,
    access,
    triggers: request.parameters.get('disableTriggers') !== 'true',
    ...(hash !== undefined && { expectedHash: hash }),
  })
}

/** 412 with what is there now, for whoever may read it: a guessed ETag must not tell anybody else anything. */
function conflict({ request, namespace, access }: WriteContext, path: Path): Reply {
  if (!namespace.canRead(path, defaultQuery, access)) throw permissionDenied()
  const node = namespace.root.at(path)
  const pretty = request.parameters.get('print') === 'pretty'
  return { ...jsonReply(412, toValue(node), { pretty }), headers: { etag: etagOf(node) } }
}

function refuseCondition({ incoming, method }: RestRequest): void {
  if (incoming.headers['if-match'] !== undefined)
    throw new RestError(400, `if-match is not supported for ${method}`)
}

function print({ parameters }: RestRequest, json: unknown): Reply {
  const style = parameters.get('print')
  return style === 'silent' ? { status: 204 } : jsonReply(200, json, { pretty: style === 'pretty' })
}
