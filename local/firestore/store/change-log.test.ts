import { describe, expect, test } from 'vitest'

import { admitFields } from '../values/admit.ts'
import { ChangeLog } from './change-log.ts'
import type { Change } from './document.ts'
import { storedDocument } from './document.ts'

const HOUR = 3_600_000_000

const document = (id: string, version: number, bytes = 0) =>
  storedDocument(
    `c/${id}`,
    admitFields({ text: { valueType: 'stringValue', stringValue: 'x'.repeat(bytes) } }),
    version,
    version,
  )

const created = (id: string, version: number, bytes = 0): { version: number; changes: Change[] } => ({
  version,
  changes: [{ path: `c/${id}`, before: undefined, after: document(id, version, bytes) }],
})

describe('the log of changes', () => {
  test('gives what changed after a version, and documents as they were at it', () => {
    const log = new ChangeLog(0)
    const first = document('a', 1)
    log.append({ version: 1, changes: [{ path: 'c/a', before: undefined, after: first }] })
    log.append({ version: 2, changes: [{ path: 'c/a', before: first, after: document('a', 2) }] })
    log.append(created('b', 3))
    expect([...log.since(1)].map(({ path }) => path)).toEqual(['c/a', 'c/b'])
    expect([...log.since(3)]).toEqual([])
    expect(log.asOf(1)).toEqual(
      new Map([
        ['c/a', first],
        ['c/b', undefined],
      ]),
    )
  })

  test('forgets what is older than an hour, and says so', () => {
    const log = new ChangeLog(0)
    log.append(created('a', 10))
    log.append(created('b', 10 + 2 * HOUR))
    expect(log.floor).toBe(10)
    expect([...log.since(10)]).toHaveLength(1)
    expect(() => [...log.since(9)]).toThrow('too old')
  })

  test.each([
    ['many changes', 60_000, 0, 55_000],
    ['large changes', 400, 1_000_000, 150],
  ])('stays bounded under %s', (_title, count, bytes, most) => {
    const log = new ChangeLog(0)
    for (let version = 1; version <= count; version++) log.append(created(`${version % 7}`, version, bytes))
    const kept = [...log.since(log.floor)].length
    expect(kept).toBeLessThanOrEqual(most)
    expect(kept).toBeGreaterThan(most / 2)
    expect(log.floor).toBe(count - kept)
  })
})
