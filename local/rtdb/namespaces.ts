import { InvalidDataError } from './tree/invalid-data-error.ts'
import type { Namespace } from './namespace.ts'

/** Used when a connection or request names none. */
const defaultNamespace = 'fake-server'

const namespaceName = /^[a-z0-9][a-z0-9_-]{0,99}$/

/** All databases of one server; each appears on first use. */
export class Namespaces {
  readonly #byName = new Map<string, Namespace>()
  readonly #open: (name: string) => Namespace

  constructor(open: (name: string) => Namespace) {
    this.#open = open
  }

  /** @throws InvalidDataError for a name that cannot be a namespace. */
  get(name: string): Namespace {
    const key = name.toLowerCase()
    const known = this.#byName.get(key)
    if (known !== undefined) return known
    if (!namespaceName.test(key)) throw new InvalidDataError('Invalid namespace name')
    const namespace = this.#open(key)
    this.#byName.set(key, namespace)
    return namespace
  }

  all(): Namespace[] {
    return [...this.#byName.values()]
  }
}

/**
 * The namespace that a request is for: `ns`, or the host's first label where it has one before `localhost`
 * (`demo.localhost:9000`), or the default one.
 */
export function namespaceNameOf(query: URLSearchParams, host: string | undefined): string {
  const fromHost = /^([^.:]+)\.localhost(?::\d+)?$/.exec(host ?? '')?.[1]
  return query.get('ns') ?? fromHost ?? defaultNamespace
}
