import { InvalidDataError } from './invalid-data-error.ts'
import type { LeafValue } from './order.ts'
import { ownMember } from './own-member.ts'

/**
 * What `{".sv": operation}` stands for: `"timestamp"` is the write's time (ms), `{"increment": n}` adds to the
 * existing value, a missing or non-number one counting as 0.
 * @throws InvalidDataError for any other operation.
 */
export function resolveServerValue(operation: unknown, existing: LeafValue | null, now: number): number {
  if (operation === 'timestamp') return now
  const increment = ownMember(operation, 'increment')
  if (typeof increment === 'number') {
    const sum = typeof existing === 'number' ? existing + increment : increment
    if (Number.isFinite(sum)) return sum
  }
  throw new InvalidDataError('Invalid server value')
}
