import { encodePath } from '../values/order-key.ts'
import type { SortedMap } from './sorted-map.ts'
import { sortedMap } from './sorted-map.ts'

interface Child {
  readonly id: string
  /** Documents at or below this id. */
  documents: number
}

type Children = SortedMap<Child>

/**
 * Which collections and documents have anything at or below them. It answers what the documents alone cannot say
 * cheaply: the collections of a document, and the "missing" documents that exist only as parents.
 */
export class Hierarchy {
  /** Children of every path, sorted: collections of a document (or of the root, `''`), documents of a collection. */
  readonly #children = new Map<string, Children>()

  created(path: string): void {
    this.#count(path, 1)
  }

  deleted(path: string): void {
    this.#count(path, -1)
  }

  /** Ids below a path with something at or below them, in order, those after `after` only. */
  *children(path: string, after?: string): Generator<string> {
    const children = this.#children.get(path)
    if (children === undefined) return
    const from = after === undefined ? undefined : encodePath([after])
    for (const [key, { id }] of children.entries(from)) if (key !== from) yield id
  }

  #count(path: string, by: number): void {
    let parent = ''
    for (const id of path.split('/')) {
      this.#countChild(parent, id, by)
      parent = parent === '' ? id : `${parent}/${id}`
    }
  }

  #countChild(parent: string, id: string, by: number): void {
    const children = this.#children.get(parent) ?? sortedMap<Child>()
    const key = encodePath([id])
    const child = children.get(key) ?? { id, documents: 0 }
    child.documents += by
    if (child.documents > 0) children.set(key, child)
    else children.delete(key)
    if (children.size > 0) this.#children.set(parent, children)
    else this.#children.delete(parent)
  }
}
