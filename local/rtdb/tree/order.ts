/** A value at the end of the tree. */
export type LeafValue = string | number | boolean

/** What a node is sorted by besides its value; `null` is none. */
export type Priority = string | number | null

/** Bounds before and after every key; neither can be a key, for keys hold no brackets. */
export const minKey = '[MIN_NAME]'
export const maxKey = '[MAX_NAME]'

const integerKey = /^-?0*\d{1,10}$/
const zero = '0'.charCodeAt(0)
const nine = '9'.charCodeAt(0)

function asInteger(key: string): number | null {
  // Almost no key is a number, and a regular expression for each comparison is dear.
  const last = key.charCodeAt(key.length - 1)
  if (last < zero || last > nine || !integerKey.test(key)) return null
  const value = Number(key)
  return value >= -(2 ** 31) && value < 2 ** 31 ? value : null
}

function compareText(left: string, right: string): number {
  if (left === right) return 0
  return left < right ? -1 : 1
}

/**
 * Key order: 32-bit integers by value, then all others by UTF-16 code unit (protocol notes, section 1).
 * Different keys never compare as equal, so that a sorted map can hold both `-00` and `000`.
 */
export function compareKeys(left: string, right: string): number {
  if (left === right) return 0
  if (left === minKey || right === maxKey) return -1
  if (right === minKey || left === maxKey) return 1
  const leftInteger = asInteger(left)
  const rightInteger = asInteger(right)
  if (leftInteger !== null && rightInteger !== null) {
    return leftInteger - rightInteger || left.length - right.length || compareText(left, right)
  }
  if (leftInteger !== null) return -1
  if (rightInteger !== null) return 1
  return compareText(left, right)
}

/** As much of a node as its place among others depends on. */
export interface Sortable {
  readonly leaf: LeafValue | null
  isEmpty(): boolean
}

function rank(node: Sortable): number {
  if (typeof node.leaf === 'boolean') return 1
  if (typeof node.leaf === 'number') return 2
  if (typeof node.leaf === 'string') return 3
  return node.isEmpty() ? 0 : 4
}

/** Value order: nothing, false, true, numbers, strings, maps; any two maps are equal. Priorities do not count. */
export function compareValues(left: Sortable, right: Sortable): number {
  const byKind = rank(left) - rank(right)
  if (byKind !== 0) return byKind
  if (typeof left.leaf === 'string' && typeof right.leaf === 'string')
    return compareText(left.leaf, right.leaf)
  return Number(left.leaf) - Number(right.leaf)
}
