import type { Access } from '../auth/access.ts'
import type { Namespace, Subscription } from '../namespace.ts'
import { Push } from '../push.ts'
import { queryIdentity } from '../query/query.ts'
import type { Query } from '../query/query.ts'
import { formatPath } from '../tree/path.ts'
import type { Path } from '../tree/path.ts'
import { formatPush, permissionDenied } from './messages.ts'
import type { Reply } from './messages.ts'

/** One listen as the client asked for it. */
export interface ListenRequest {
  readonly path: Path
  readonly query: Query
  /** The client's own query object, by which it knows the listen when it is revoked; absent for default ones. */
  readonly wireQuery: unknown
  /** Repeated in every push of a filtered listen. */
  readonly tag: number | undefined
  /** Hash of what the client holds already; `''` for nothing. */
  readonly hash: string
}

/** The listens of one connection. */
export class Listens {
  readonly #namespace: Namespace
  readonly #send: (message: string) => void
  readonly #subscriptions = new Map<string, Subscription>()

  constructor(namespace: Namespace, send: (message: string) => void) {
    this.#namespace = namespace
    this.#send = send
  }

  /** Opens a listen: pushes what the client lacks, and only then answers. */
  open(request: ListenRequest, access: Access): Reply {
    const { path, query, tag, hash } = request
    const key = listenKey(path, query)
    this.close(path, query)
    const subscription = this.#namespace.subscribe({
      path,
      query,
      access,
      subscriber: {
        push: (push) => this.#send(formatDataPush(push, tag)),
        revoked: () => {
          this.#subscriptions.delete(key)
          this.#send(formatRevocation(request))
        },
      },
    })
    if (subscription === null) return permissionDenied
    this.#subscriptions.set(key, subscription)
    const { window, indexed } = subscription
    const known = hash === '' ? window.isEmpty() : window.hash() === hash
    if (!known) this.#send(formatDataPush(Push.put(path, window), tag))
    return { status: 'ok', data: indexed ? {} : { w: ['no_index'] } }
  }

  close(path: Path, query: Query): void {
    const key = listenKey(path, query)
    this.#subscriptions.get(key)?.close()
    this.#subscriptions.delete(key)
  }

  /** Somebody else is signed in on the connection: listens that the rules refuse them are revoked. */
  setAccess(access: Access): void {
    for (const subscription of this.#subscriptions.values()) subscription.setAccess(access)
  }

  closeAll(): void {
    for (const subscription of this.#subscriptions.values()) subscription.close()
    this.#subscriptions.clear()
  }
}

function listenKey(path: Path, query: Query): string {
  return `${formatPath(path)} ${queryIdentity(query)}`
}

function formatDataPush(push: Push, tag: number | undefined): string {
  const path = JSON.stringify(formatPath(push.path))
  const end = tag === undefined ? '}' : `,"t":${tag}}`
  return formatPush(push.kind === 'put' ? 'd' : 'm', `{"p":${path},"d":${push.text}${end}`)
}

function formatRevocation({ path, wireQuery }: ListenRequest): string {
  const body = { p: formatPath(path), ...(wireQuery !== undefined && { q: [wireQuery] }) }
  return formatPush('c', JSON.stringify(body))
}
