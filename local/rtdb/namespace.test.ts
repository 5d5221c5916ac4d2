import { expect, test } from 'vitest'

import { administrator, anonymous } from './auth/access.ts'
import { Namespace, StorageError } from './namespace.ts'
import type { Commit } from './namespace.ts'
import type { Push } from './push.ts'
import { defaultQuery } from './query/query.ts'
import type { Query } from './query/query.ts'
import { openRules } from './rules/rule-set.ts'
import { nodeFromJson, toExport } from './tree/json.ts'
import type { Node } from './tree/node.ts'
import { parsePath } from './tree/path.ts'

const create = (root?: Node) =>
  new Namespace({
    name: 'test',
    now: () => 1000,
    ...(root && { stored: { root, rules: openRules, rulesSource: null } }),
  })

const put = (namespace: Namespace, path: string, data: unknown) =>
  namespace.commit({ writes: [{ path: parsePath(path), data }], access: administrator })

function listen(namespace: Namespace, path: string, query: Query = defaultQuery) {
  const pushes: Push[] = []
  const subscription = namespace.subscribe({
    path: parsePath(path),
    query,
    access: administrator,
    subscriber: { push: (push) => pushes.push(push), revoked: () => undefined },
  })
  return { pushes, subscription }
}

test('listeners of the same and of locations above share the text of one push', () => {
  const namespace = create()
  const [first, second, above] = [listen(namespace, 'a/b'), listen(namespace, 'a/b'), listen(namespace, 'a')]
  put(namespace, 'a/b/c', { d: 1 })
  expect(first.pushes).toHaveLength(1)
  expect(second.pushes[0]).toBe(first.pushes[0])
  expect(above.pushes[0]).toBe(first.pushes[0])
  expect(first.pushes[0]?.text).toBe('{"d":1}')
})

test('commit listeners hear of what changed, once the views know of it, and of nothing else', () => {
  const namespace = create()
  const { pushes } = listen(namespace, 'a')
  const commits: [Commit, number][] = []
  namespace.onCommit((commit) => commits.push([commit, pushes.length]))
  put(namespace, 'a', { '.sv': 'timestamp' })
  put(namespace, 'a', 1000)
  const writes = [
    { path: ['a'], data: 1000 },
    { path: ['b'], data: 2 },
  ]
  namespace.commit({ writes, access: anonymous, triggers: false })
  expect(
    commits.map(([{ writes: written, triggers }, pushed]) => [
      written.map(({ path }) => path),
      triggers,
      pushed,
    ]),
  ).toEqual([
    [[['a']], true, 1],
    [[['b']], false, 1],
  ])
  expect(toExport(commits[0]?.[0].after ?? create().root)).toEqual({ a: 1000 })
})

test('a write that cannot be stored does not happen', () => {
  const journal = {
    append: () => {
      throw new Error('The disk is full')
    },
    setRules: () => undefined,
  }
  const namespace = new Namespace({ name: 'test', now: () => 0, journal })
  const { pushes } = listen(namespace, 'a')
  expect(() => put(namespace, 'a', 1)).toThrow(StorageError)
  expect([namespace.root.isEmpty(), pushes]).toEqual([true, []])
})

test('a listener may end its subscription while it is told of a change', () => {
  const namespace = create()
  const pushes: Push[] = []
  const subscription = namespace.subscribe({
    path: [],
    query: defaultQuery,
    access: administrator,
    subscriber: {
      push: (push) => {
        pushes.push(push)
        subscription?.close()
      },
      revoked: () => undefined,
    },
  })
  const other = listen(namespace, '')
  put(namespace, 'a', 1)
  put(namespace, 'a', 2)
  expect([pushes.length, other.pushes.length, namespace.listens()]).toEqual([
    1,
    2,
    [{ path: '', query: 'default', listeners: 1 }],
  ])
})

test('what nobody listens to any more leaves nothing behind', () => {
  const namespace = create()
  const subscriptions = ['a/b/c', 'a/b', 'a/x'].map((path) => listen(namespace, path).subscription)
  for (const subscription of subscriptions) subscription?.close()
  for (const subscription of subscriptions) subscription?.close()
  expect(namespace.listens()).toEqual([])
})

/** A cost that grew with the children would differ a thousandfold; the bound leaves room for a busy machine. */
test.each<[string, Query]>([
  ['written beside them', defaultQuery],
  ['shown in a window', { index: { kind: 'child', path: ['n'] }, limit: { count: 3, from: 'last' } }],
])('a write costs the same among a hundred thousand children as among a hundred, %s', (_title, query) => {
  const timeOf = (children: number): number => {
    const list = Object.fromEntries(
      Array.from({ length: children }, (_, index) => [`k${index}`, { n: index }]),
    )
    const namespace = create(nodeFromJson({ list }))
    listen(namespace, 'list', query)
    const rounds = 2000
    const round = (offset: number): number => {
      const began = performance.now()
      for (let index = 0; index < rounds; index += 1)
        put(namespace, `list/k${(index * 37) % children}/n`, index + offset)
      return performance.now() - began
    }
    round(0)
    return Math.min(round(1e6), round(2e6), round(3e6))
  }
  expect(timeOf(100_000)).toBeLessThan(timeOf(100) * 20)
})
