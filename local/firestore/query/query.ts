import type { ScopeName } from '../store/database.ts'
import type { OrderPart } from '../store/ordered-index.ts'
import type { FieldPath } from '../values/field-path.ts'

/** A field that must equal a value; the path may be `__name__`. Keys are those of order-key. */
export interface EqualTest {
  readonly path: FieldPath
  readonly key: string
}

/** A field that must lie in `low <= key < high` and be none of the excluded. */
export interface RangeTest {
  readonly path: FieldPath
  readonly low: string
  readonly high: string
  readonly excluded: ReadonlySet<string>
}

/** Tests that must all hold. */
export interface Conjunction {
  readonly equal: readonly EqualTest[]
  /** The field must be an array with such an element. */
  readonly contains: readonly EqualTest[]
  readonly ranges: readonly RangeTest[]
}

/** A position in an order: the keys of its first fields, joined; `before` is just before documents at it. */
export interface CursorPosition {
  readonly key: string
  readonly before: boolean
}

/** A query as it is run: everything resolved, implied orders included. */
export interface Query {
  readonly scope: ScopeName
  /** Documents must be below this path (empty: anywhere), which a collection scope ensures by itself. */
  readonly ancestor: string
  /** A document matches when any of these hold; one without tests matches all. */
  readonly anyOf: readonly Conjunction[]
  /** Ends in `__name__`. */
  readonly orders: readonly OrderPart[]
  /** The caller put `__name__` into the order, or the SDK did for a snapshot as cursor. */
  readonly isNameOrdered: boolean
  readonly start: CursorPosition | undefined
  readonly end: CursorPosition | undefined
  readonly offset: number
  readonly limit: number | undefined
  /** Fields of the answer; undefined for all of them. */
  readonly select: readonly FieldPath[] | undefined
}
