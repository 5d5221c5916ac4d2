import type { z } from 'zod'

import { anonymous } from '../auth/access.ts'
import type { Access } from '../auth/access.ts'
import { authenticate, overrideAccess } from '../auth/credential.ts'
import type { CommitOutcome, Namespace } from '../namespace.ts'
import { windowOf } from '../query/window.ts'
import { parseWireQuery } from '../query/wire-query.ts'
import { toExport } from '../tree/json.ts'
import type { Node } from '../tree/node.ts'
import { joinPath, parsePath, parseWritePath, priorityKey } from '../tree/path.ts'
import type { Write } from '../write-set.ts'
import type { DisconnectWrites } from './disconnect-writes.ts'
import type { Listens } from './listens.ts'
import {
  CancelBody,
  CredentialBody,
  ListenBody,
  MergeBody,
  PutBody,
  QueryBody,
  done,
  mergeEntries,
  permissionDenied,
} from './messages.ts'
import type { Reply } from './messages.ts'

/** What requests act on: the connection that they came in on. */
export interface RequestContext {
  readonly namespace: Namespace
  readonly listens: Listens
  readonly disconnectWrites: DisconnectWrites
  readonly access: Access
  readonly now: () => number
  setAccess(access: Access): void
}

type Handler = (context: RequestContext, body: unknown) => Reply

/** A handler of bodies of one shape; any other body is answered with `invalid_request`. */
function handler<Schema extends z.ZodType>(
  schema: Schema,
  handle: (context: RequestContext, body: z.infer<Schema>) => Reply,
): Handler {
  return (context, json) => {
    const { success, data } = schema.safeParse(json)
    return success ? handle(context, data) : { status: 'invalid_request', data: 'Malformed request' }
  }
}

const listen = handler(ListenBody, (context, body) => {
  const request = {
    path: parsePath(body.p),
    query: parseWireQuery(body.q),
    wireQuery: body.q,
    tag: body.t,
    hash: body.h ?? '',
  }
  return context.listens.open(request, context.access)
})

const unlisten = handler(QueryBody, ({ listens }, body) => {
  listens.close(parsePath(body.p), parseWireQuery(body.q))
  return done
})

const get = handler(QueryBody, ({ namespace, access }, body) => {
  const path = parsePath(body.p)
  const query = parseWireQuery(body.q)
  if (!namespace.canRead(path, query, access)) return permissionDenied
  return { status: 'ok', data: toExport(windowOf(query, namespace.root.at(path))) }
})

const put = handler(PutBody, (context, body) => {
  const write = putWrite(body)
  const outcome = commit(context, [write], body.h)
  return outcome.status === 'ok' && hasNothingToOrder(write, outcome.after)
    ? { status: 'invalid_data', data: 'A priority needs data at its location' }
    : commitReply(outcome)
})
const merge = handler(MergeBody, (context, body) => commitReply(commit(context, mergeWrites(body))))
const disconnectPut = handler(PutBody, (context, body) => onDisconnect(context, [putWrite(body)]))
const disconnectMerge = handler(MergeBody, (context, body) => onDisconnect(context, mergeWrites(body)))

const cancelDisconnect = handler(CancelBody, ({ disconnectWrites }, body) => {
  disconnectWrites.cancel(parseWritePath(body.p))
  return done
})

const signIn = handler(CredentialBody, (context, { cred, authvar, noauth }) => {
  const result = authenticate(cred, context.now())
  if (result.status !== 'ok') return { status: result.status, data: 'Could not parse auth token.' }
  const override = noauth === true ? null : authvar
  const access = override === undefined ? result.access : overrideAccess(result.access, override)
  context.setAccess(access)
  const auth = access.admin ? null : access.auth
  return { status: 'ok', data: { auth, ...(result.expires !== undefined && { expires: result.expires }) } }
})

const handlers = new Map<string, Handler>([
  ['s', () => done],
  ['q', listen],
  ['n', unlisten],
  ['g', get],
  ['p', put],
  ['m', merge],
  ['o', disconnectPut],
  ['om', disconnectMerge],
  ['oc', cancelDisconnect],
  ['auth', signIn],
  ['gauth', signIn],
  ['unauth', signOut],
  ['appcheck', () => done],
  ['unappeck', () => done],
])

/** Does what a request asks for and says what to reply. @throws InvalidDataError for bad paths, data or queries. */
export function answer(context: RequestContext, action: string, body: unknown): Reply {
  const handle = handlers.get(action)
  return handle === undefined ? { status: 'unknown_action', data: 'Unknown action' } : handle(context, body)
}

function signOut(context: RequestContext): Reply {
  context.setAccess(anonymous)
  return done
}

function commit(
  { namespace, access }: RequestContext,
  writes: readonly Write[],
  hash?: string,
): CommitOutcome {
  return namespace.commit({
    writes,
    access,
    ...(hash !== undefined && { expectedHash: hash }),
  })
}

function commitReply({ status }: CommitOutcome): Reply {
  if (status === 'datastale') return { status, data: 'Transaction hash does not match' }
  return status === 'ok' ? done : permissionDenied
}

/** Whether a write was a priority for a location without data, which keeps none. */
function hasNothingToOrder({ path, data }: Write, after: Node): boolean {
  return path.at(-1) === priorityKey && data !== null && after.at(path.slice(0, -1)).isEmpty()
}

function onDisconnect(context: RequestContext, writes: readonly Write[]): Reply {
  if (!context.namespace.canWrite(writes, context.access)) return permissionDenied
  context.disconnectWrites.add(writes)
  return done
}

function putWrite(body: z.infer<typeof PutBody>): Write {
  return { path: parseWritePath(body.p), data: body.d }
}

function mergeWrites(body: z.infer<typeof MergeBody>): Write[] {
  const base = parsePath(body.p)
  return mergeEntries(body.d).map(([relative, data]) => ({
    path: joinPath(base, parseWritePath(relative)),
    data,
  }))
}
