import type { FieldPath } from '../values/field-path.ts'
import { fieldAt, isNamePath } from '../values/field-path.ts'
import { invertKey } from '../values/key-encoding.ts'
import { encodeValue } from '../values/order-key.ts'
import type { StoredDocument } from './document.ts'
import { sortedMap } from './sorted-map.ts'

/** One field of an order; the last of every order is `__name__`, which makes it total. */
export interface OrderPart {
  readonly path: FieldPath
  readonly descending: boolean
}

/**
 * What an index sorts by: fields that its queries hold to one value, then at most one array of which each element
 * makes an entry, then an order. Documents that lack one of these fields have no entry.
 */
export interface IndexShape {
  readonly equal: readonly FieldPath[]
  readonly contains: FieldPath | undefined
  readonly orders: readonly OrderPart[]
}

/** The key of a field (or of the document itself for `__name__`); undefined where the document lacks it. */
export function keyOf(document: StoredDocument, path: FieldPath): string | undefined {
  if (isNamePath(path)) return document.key
  const value = fieldAt(document.fields, path)
  return value === undefined ? undefined : encodeValue(value)
}

/** The keys of a document under an order, joined; undefined where it lacks a field. */
export function orderKeyOf(document: StoredDocument, orders: readonly OrderPart[]): string | undefined {
  let joined = ''
  for (const { path, descending } of orders) {
    const key = keyOf(document, path)
    if (key === undefined) return undefined
    joined += descending ? invertKey(key) : key
  }
  return joined
}

/** The distinct keys of an array's elements; none for anything that is not an array. */
export function elementKeysOf(document: StoredDocument, path: FieldPath): ReadonlySet<string> {
  const value = fieldAt(document.fields, path)
  return new Set(value?.valueType === 'arrayValue' ? value.arrayValue.values.map(encodeValue) : [])
}

/** Documents sorted by the key of a shape, in a B+ tree. */
export class OrderedIndex {
  readonly #shape: IndexShape
  readonly #tree = sortedMap<StoredDocument>()

  constructor(shape: IndexShape) {
    this.#shape = shape
  }

  get size(): number {
    return this.#tree.size
  }

  add(document: StoredDocument): void {
    for (const key of this.#keys(document)) this.#tree.set(key, document)
  }

  remove(document: StoredDocument): void {
    for (const key of this.#keys(document)) this.#tree.delete(key)
  }

  /** Documents with `low <= key < high`, in order or backwards. The index must not change meanwhile. */
  *scan(low: string, high: string, backwards: boolean): Generator<StoredDocument> {
    if (backwards) {
      for (const [key, document] of this.#tree.entriesReversed(high, undefined, true)) {
        if (key < low) return
        yield document
      }
    } else {
      for (const [key, document] of this.#tree.entries(low)) {
        if (key >= high) return
        yield document
      }
    }
  }

  #keys(document: StoredDocument): readonly string[] {
    const { equal, contains, orders } = this.#shape
    let prefix = ''
    for (const path of equal) {
      const key = keyOf(document, path)
      if (key === undefined) return []
      prefix += key
    }
    const suffix = orderKeyOf(document, orders)
    if (suffix === undefined) return []
    if (contains === undefined) return [prefix + suffix]
    return [...elementKeysOf(document, contains)].map((element) => prefix + element + suffix)
  }
}
