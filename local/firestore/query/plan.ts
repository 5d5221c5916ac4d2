import type { IndexShape, OrderPart } from '../store/ordered-index.ts'
import type { FieldPath } from '../values/field-path.ts'
import { formatFieldPath, isNamePath } from '../values/field-path.ts'
import { AFTER, compareKeys, invertKey } from '../values/key-encoding.ts'
import { encodeBelow } from '../values/order-key.ts'
import { cursorKey } from './match.ts'
import type { Conjunction, EqualTest, Query, RangeTest } from './query.ts'

/** How one alternative of a query is read: a slice of one index, and the tests that the slice does not ensure. */
export interface Plan {
  readonly shape: IndexShape
  readonly low: string
  readonly high: string
  readonly backwards: boolean
  readonly rest: Conjunction
}

/**
 * Plans one alternative: fields held to one value lead the index and the order of the query follows, so that results
 * come out of one range in their order, and `limit` stops early. Undefined where nothing can match.
 */
export function plan(query: Query, all: Conjunction): Plan | undefined {
  const equal = distinctEquals(all.equal)
  if (equal === undefined) return undefined
  const [contained, ...otherContained] = all.contains
  const backwards = query.orders[0]?.descending ?? false
  const orders = backwards ? query.orders.map(flipped) : query.orders
  const prefix = equal.map(({ key }) => key).join('') + (contained?.key ?? '')
  const first = orders[0]?.path ?? ['__name__']
  const [ranges, otherRanges] = split(all.ranges, first)
  const bounds = narrow(query, equal, ranges, first, backwards)
  return {
    shape: { equal: equal.map(({ path }) => path), contains: contained?.path, orders },
    low: prefix + bounds.low,
    high: prefix + bounds.high,
    backwards,
    rest: {
      equal: [],
      contains: otherContained,
      ranges: [...otherRanges, ...ranges.filter(({ excluded }) => excluded.size > 0)],
    },
  }
}

const flipped = ({ path, descending }: OrderPart): OrderPart => ({ path, descending: !descending })

/** One test a field, sorted so that the same fields always give the same index; undefined if two contradict. */
function distinctEquals(tests: readonly EqualTest[]): readonly EqualTest[] | undefined {
  const byField = new Map<string, EqualTest>()
  for (const test of tests) {
    const name = formatFieldPath(test.path)
    const other = byField.get(name)
    if (other !== undefined && other.key !== test.key) return undefined
    byField.set(name, test)
  }
  return [...byField].toSorted(([left], [right]) => compareKeys(left, right)).map(([, test]) => test)
}

const samePath = (left: FieldPath, right: FieldPath): boolean =>
  left.length === right.length && left.every((name, index) => name === right[index])

function split(ranges: readonly RangeTest[], first: FieldPath): readonly [RangeTest[], RangeTest[]] {
  const own = ranges.filter(({ path }) => samePath(path, first))
  return [own, ranges.filter((test) => !own.includes(test))]
}

/** The slice of the order that ranges, cursors and the name of an ancestor leave. */
function narrow(
  query: Query,
  equal: readonly EqualTest[],
  ranges: readonly RangeTest[],
  first: FieldPath,
  backwards: boolean,
): { low: string; high: string } {
  const lows = ['', ...ranges.map(({ low }) => low)]
  const highs = [AFTER, ...ranges.map(({ high }) => high)]
  const start = query.start && cursorKey(query.start)
  const end = query.end && cursorKey(query.end)
  if (start !== undefined) (backwards ? highs : lows).push(backwards ? mirrored(start) : start)
  if (end !== undefined) (backwards ? lows : highs).push(backwards ? mirrored(end) : end)
  const name = isNamePath(first) ? equal.find(({ path }) => isNamePath(path)) : undefined
  if (name !== undefined) {
    lows.push(name.key)
    highs.push(name.key + AFTER)
  }
  if (isNamePath(first) && query.ancestor !== '') {
    lows.push(encodeBelow(query.ancestor))
    highs.push(encodeBelow(query.ancestor) + AFTER)
  }
  return { low: lows.reduce((a, b) => (a > b ? a : b)), high: highs.reduce((a, b) => (a < b ? a : b)) }
}

/**
 * A cursor of the query's order as one of the index, which runs the other way: what was behind it is now before it,
 * so documents at the cursor change sides.
 */
function mirrored(cursor: string): string {
  return cursor.endsWith(AFTER) ? invertKey(cursor.slice(0, -1)) : invertKey(cursor) + AFTER
}
