import { expect, test } from 'vitest'

import { InvalidDataError } from './invalid-data-error.ts'
import { nodeFromJson, toExport } from './json.ts'
import { checkPath, parsePath } from './path.ts'

const resolved = (existing: unknown, data: unknown, path = 'a') =>
  toExport(
    nodeFromJson(data, { path: parsePath(path), existing: nodeFromJson(existing), now: 1_700_000_000_000 }),
  )

test.each([
  ['the time of the write', null, { '.sv': 'timestamp' }, 1_700_000_000_000],
  ['a sum', 40, { '.sv': { increment: 2 } }, 42],
  ['a sum from nothing', null, { '.sv': { increment: 2.5 } }, 2.5],
  ['a sum from text, which counts as 0', 'x', { '.sv': { increment: -1 } }, -1],
  ['a sum from a map, which counts as 0', { b: 1 }, { '.sv': { increment: 3 } }, 3],
  [
    'sums deep inside',
    { b: { c: 1 } },
    { b: { c: { '.sv': { increment: 1 } } }, d: { '.sv': 'timestamp' } },
    { b: { c: 2 }, d: 1_700_000_000_000 },
  ],
  [
    'a priority',
    null,
    { '.value': 'x', '.priority': { '.sv': 'timestamp' } },
    { '.value': 'x', '.priority': 1_700_000_000_000 },
  ],
  [
    'a value with a priority',
    null,
    { '.value': { '.sv': 'timestamp' }, '.priority': 1 },
    { '.value': 1_700_000_000_000, '.priority': 1 },
  ],
])('a server value becomes %s', (_title, existing, data, after) => {
  expect(resolved(existing, data)).toEqual(after)
})

test.each([
  ['an unknown server value', { '.sv': 'random' }],
  ['an increment that is no number', { '.sv': { increment: '1' } }],
  ['a boolean priority', { '.value': 1, '.priority': true }],
  ['a slash in a key', { 'a/b': 1 }],
  ['a dot in a key', { 'a.b': 1 }],
  ['a bracket in a key', { 'a[0]': 1 }],
  ['a control character in a key', { 'a\u0001': 1 }],
  ['an empty key', { '': 1 }],
  ['a value in a value', { '.value': { '.value': 1 } }],
  ['data deeper than 32 keys', JSON.parse('{"a":'.repeat(33) + '1' + '}'.repeat(33))],
  ['data far deeper than the stack', JSON.parse('[0,'.repeat(100_000) + '1' + ']'.repeat(100_000))],
  ['text longer than 10 MiB', 'x'.repeat(10 * 1024 * 1024 + 1)],
  ['a key longer than 768 bytes', { ['é'.repeat(385)]: 1 }],
])('%s is refused', (_title, data) => {
  expect(() => nodeFromJson(data, { path: [], existing: nodeFromJson(null), now: 0 })).toThrow(
    InvalidDataError,
  )
})

test('server values are refused where nothing is written', () => {
  expect(() => nodeFromJson({ '.sv': 'timestamp' })).toThrow(InvalidDataError)
})

test('unknown keys that start with a dot are skipped', () => {
  expect(toExport(nodeFromJson({ a: 1, '.info': { b: 2 } }))).toEqual({ a: 1 })
})

test('what is written counts with where it is written', () => {
  const deep = Array.from({ length: 31 }, () => 'k').join('/')
  expect(resolved(null, { a: 1 }, deep)).toEqual({ a: 1 })
  expect(() => resolved(null, { a: { b: 1 } }, deep)).toThrow(InvalidDataError)
})

test.each(['a//b/', '/a/b', 'a/b'])('%s is a path of two keys', (text) => {
  expect(parsePath(text)).toEqual(['a', 'b'])
})

test.each([
  ['a.b'],
  ['a/#'],
  ['$x'],
  ['a/[0]'],
  ['\u007f'],
  [Array.from({ length: 33 }, () => 'k').join('/')],
])('the path %j is refused', (text) => {
  expect(() => parsePath(text)).toThrow(InvalidDataError)
})

test('a key that holds a slash after decoding is refused', () => {
  expect(() => checkPath(['a/b'])).toThrow(InvalidDataError)
})
