import * as fc from 'fast-check'
import { expect, test } from 'vitest'

import { nodeFromJson, toExport, toValue } from './json.ts'
import { Node } from './node.ts'
import { parsePath, parseWritePath } from './path.ts'

const set = (before: unknown, path: string, data: unknown) =>
  toExport(nodeFromJson(before).set(parseWritePath(path), nodeFromJson(data)))

test.each([
  [
    'writing below a leaf turns it into a map that keeps the priority',
    { '.value': 5, '.priority': 1 },
    'a/b',
    2,
    { a: { b: 2 }, '.priority': 1 },
  ],
  [
    'a map keeps its priority when a child changes',
    { a: 1, '.priority': 3 },
    'b/c',
    2,
    { a: 1, b: { c: 2 }, '.priority': 3 },
  ],
  ['writing nothing below a leaf leaves it', 'leaf', 'a/b', null, 'leaf'],
  [
    'deleting the last child deletes the parents it empties',
    { a: { b: { c: 1 } }, d: 1 },
    'a/b/c',
    null,
    { d: 1 },
  ],
  ['deleting everything leaves nothing, not even the priority', { a: 1, '.priority': 9 }, 'a', null, null],
  ['a write replaces the priority', { a: { '.value': 1, '.priority': 3 } }, 'a', 2, { a: 2 }],
  [
    'a priority is written by itself',
    { a: 1 },
    'a/.priority',
    'high',
    { a: { '.value': 1, '.priority': 'high' } },
  ],
  [
    'a priority is taken away by itself',
    { a: { '.value': 1, '.priority': 3 } },
    'a/.priority',
    null,
    { a: 1 },
  ],
  ['nothing has no priority', {}, 'a/.priority', 3, null],
  ['an empty map is nothing', { a: 1 }, 'b', { c: {}, d: { e: null } }, { a: 1 }],
  ['the root can be replaced', { a: 1 }, '', 7, 7],
])('%s', (_title, before, path, data, after) => {
  expect(set(before, path, data)).toEqual(after)
})

test.each(['__proto__', 'constructor', 'hasOwnProperty', 'toString'])('%s is a key like any other', (key) => {
  expect(nodeFromJson({ a: 1 }).at(parsePath(key)).isEmpty()).toBe(true)
  expect(
    nodeFromJson({ a: 1 })
      .at(parsePath(`${key}/${key}`))
      .isEmpty(),
  ).toBe(true)
  const json: unknown = JSON.parse(`{"${key}":{"${key}":{".value":1,".priority":2}},"0":[true,{"${key}":3}]}`)
  expect(JSON.stringify(toExport(nodeFromJson(json)))).toBe(
    `{"0":{"0":true,"1":{"${key}":3}},"${key}":{"${key}":{".value":1,".priority":2}}}`,
  )
  expect(JSON.stringify(toValue(nodeFromJson(json)))).toBe(`{"0":[true,{"${key}":3}],"${key}":{"${key}":1}}`)
})

test.each([
  ['maps keyed from 0 become arrays', { 0: 'a', 1: 'b' }, ['a', 'b']],
  ['maps that are mostly gaps stay maps', { 0: 'a', 4: 'b' }, { 0: 'a', 4: 'b' }],
  ['a gap in a mostly filled array is null', { 0: 'a', 2: 'c' }, ['a', null, 'c']],
  ['01 is not an index', { '00': 1, '01': 2 }, { '00': 1, '01': 2 }],
  ['a named child keeps the map a map', { 0: 1, a: 2 }, { 0: 1, a: 2 }],
  ['a negative number is not an index', { '-1': 1 }, { '-1': 1 }],
  ['priorities are left out', { a: { '.value': 1, '.priority': 2 }, '.priority': 3 }, { a: 1 }],
])('as an application reads it, %s', (_title, json, value) => {
  expect(toValue(nodeFromJson(json))).toEqual(value)
})

test('children are kept in key order', () => {
  const node = nodeFromJson({ b: 1, 10: 1, a: 1, 9: 1, '-1': 1 })
  expect([...node.entries()].map(([name]) => name)).toEqual(['-1', '9', '10', 'a', 'b'])
})

test('a change leaves the node it was made from as it was, and shares what did not change', () => {
  const before = nodeFromJson({ a: { x: 1 }, b: { y: 2 } })
  const after = before.set(parsePath('a/x'), Node.leaf(9))
  expect(toExport(before)).toEqual({ a: { x: 1 }, b: { y: 2 } })
  expect(after.child('b')).toBe(before.child('b'))
})

const key = fc.constantFrom('a', 'b', '0', '1', '__proto__', 'c')
const leaf = fc.oneof(fc.boolean(), fc.integer(), fc.string())
const { tree } = fc.letrec((tie) => ({
  tree: fc.oneof({ maxDepth: 3 }, leaf, fc.dictionary(key, tie('tree'), { noNullPrototype: true })),
}))

test('any data survives its export form, and equal data has equal hashes', () => {
  fc.assert(
    fc.property(tree, tree, (left, right) => {
      const [first, second] = [nodeFromJson(left), nodeFromJson(right)]
      const copy = nodeFromJson(JSON.parse(JSON.stringify(toExport(first))))
      expect(copy.equals(first)).toBe(true)
      expect(copy.hash()).toBe(first.hash())
      expect(first.equals(second)).toBe(first.hash() === second.hash())
    }),
  )
})

test('a sequence of writes leaves what a plain model leaves', () => {
  const path = fc.array(key, { minLength: 1, maxLength: 3 })
  fc.assert(
    fc.property(fc.array(fc.tuple(path, fc.option(leaf))), (writes) => {
      let node = Node.empty
      const model = new Map<string, unknown>()
      for (const [path, value] of writes) {
        node = node.set(path, nodeFromJson(value))
        const target = path.join('/')
        for (const at of model.keys()) {
          const replaced = at === target || at.startsWith(`${target}/`)
          const wasLeafAbove = value !== null && target.startsWith(`${at}/`)
          if (replaced || wasLeafAbove) model.delete(at)
        }
        if (value !== null) model.set(target, value)
      }
      for (const [at, value] of model) expect(node.at(at.split('/')).leaf).toBe(value)
      expect(leavesOf(node)).toBe(model.size)
    }),
  )
})

function leavesOf(node: Node): number {
  if (node.isLeaf()) return 1
  return [...node.entries()].reduce((sum, [, child]) => sum + leavesOf(child), 0)
}
