import { describe, expect, test } from 'vitest'

import { parseQuery } from '../query/parse-query.ts'
import type { FilterInput } from '../query/structured-query.ts'
import { Clock } from '../store/clock.ts'
import { Database } from '../store/database.ts'
import { commitWrites } from '../writes/commit.ts'
import { parseWrite } from '../writes/parse-write.ts'
import { documentsTarget, queryTarget } from './target.ts'
import { Watchers } from './watchers.ts'

const NAME = 'projects/p/databases/d'

function watched() {
  const database = new Database(NAME, new Clock(Date.now), () => undefined)
  const watchers = new Watchers(database)
  const write = (path: string, status?: string) =>
    commitWrites(database, [
      parseWrite(
        NAME,
        status === undefined
          ? { operation: 'delete', delete: `${NAME}/documents/${path}` }
          : {
              operation: 'update',
              update: {
                name: `${NAME}/documents/${path}`,
                fields: { status: { valueType: 'stringValue', stringValue: status } },
              },
            },
      ),
    ])
  return { database, watchers, write }
}

const statusIs = (status: string): FilterInput => ({
  filterType: 'fieldFilter',
  fieldFilter: {
    field: { fieldPath: 'status' },
    op: 'EQUAL',
    value: { valueType: 'stringValue', stringValue: status },
  },
})

const either = (...filters: FilterInput[]): FilterInput => ({
  filterType: 'compositeFilter',
  compositeFilter: { op: 'OR', filters },
})

describe('a target is asked about', () => {
  const writes: [string, string?][] = [
    ['calls/a', 'open'],
    ['calls/b', 'closed'],
    ['calls/a', 'closed'],
    ['calls/a', 'gone'],
    ['calls/b'],
    ['other/a', 'open'],
    ['x/y/calls/a', 'open'],
  ]

  test.each([
    ['every write of its collection', { from: [{ collectionId: 'calls' }] }, [0, 1, 2, 3, 4]],
    [
      'every write of its group',
      { from: [{ collectionId: 'calls', allDescendants: true }] },
      [0, 1, 2, 3, 4, 6],
    ],
    [
      'only writes to or from its value',
      { from: [{ collectionId: 'calls' }], where: statusIs('open') },
      [0, 2],
    ],
    [
      'writes to or from any of its values',
      { from: [{ collectionId: 'calls' }], where: either(statusIs('open'), statusIs('gone')) },
      [0, 2, 3],
    ],
  ])('%s', (_title, structuredQuery, expected) => {
    const { database, watchers, write } = watched()
    const target = queryTarget(database, parseQuery(`${NAME}/documents`, structuredQuery))
    let current = 0
    const asked: number[] = []
    const stop = watchers.follow(target, () => asked.push(current))
    for (const [index, [path, status]] of writes.entries()) {
      current = index
      write(path, status)
    }
    expect(asked).toEqual(expected)
    stop()
    write('calls/a', 'open')
    expect(asked).toEqual(expected)
  })

  test('writes of the documents it names only', () => {
    const { database, watchers, write } = watched()
    const asked: string[] = []
    watchers.follow(documentsTarget(database, new Set(['calls/a', 'other/a'])), (changes) =>
      asked.push(...changes.map(({ path }) => path)),
    )
    for (const [path, status] of writes) write(path, status)
    expect(asked).toEqual(['calls/a', 'calls/a', 'calls/a', 'other/a'])
  })
})
