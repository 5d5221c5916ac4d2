import { describe, expect, test } from 'vitest'

import type { Query } from '../query/query.ts'
import { maxKey, minKey } from '../tree/order.ts'
import { parseRestQuery } from './rest-query.ts'
import { RestError } from './rest-error.ts'

const parse = (text: string) => parseRestQuery(new URLSearchParams(text))
const child = { kind: 'child', path: ['a', 'b'] } as const

describe('a query', () => {
  test.each<[string, Query | undefined]>([
    ['', undefined],
    ['print=pretty', undefined],
    ['shallow=true', undefined],
    ['shallow=true&limitToFirst=1', { index: { kind: 'key' }, limit: { count: 1, from: 'first' } }],
    ['orderBy="$key"', { index: { kind: 'key' } }],
    ['orderBy="$value"', { index: { kind: 'value' } }],
    ['orderBy="$priority"', { index: { kind: 'priority' } }],
    ['orderBy="a/b"', { index: child }],
    ['orderBy="a/b"&limitToLast=25', { index: child, limit: { count: 25, from: 'last' } }],
    ['orderBy="a/b"&startAt=5', { index: child, start: { value: 5, inclusive: true } }],
    ['orderBy="a/b"&startAt="5"', { index: child, start: { value: '5', inclusive: true } }],
    ['orderBy="a/b"&startAt=null', { index: child, start: { value: null, inclusive: true } }],
    ['orderBy="a/b"&startAt=5,"k"', { index: child, start: { value: 5, key: 'k', inclusive: true } }],
    [
      'orderBy="a/b"&startAt="x,\\"y","k,1"',
      { index: child, start: { value: 'x,"y', key: 'k,1', inclusive: true } },
    ],
    ['orderBy="a/b"&startAfter=5', { index: child, start: { value: 5, key: maxKey, inclusive: false } }],
    ['orderBy="a/b"&startAfter=5,"k"', { index: child, start: { value: 5, key: 'k', inclusive: false } }],
    ['orderBy="a/b"&endAt=true', { index: child, end: { value: true, inclusive: true } }],
    ['orderBy="a/b"&endBefore=5', { index: child, end: { value: 5, key: minKey, inclusive: false } }],
    [
      'orderBy="a/b"&equalTo="x"',
      { index: child, start: { value: 'x', inclusive: true }, end: { value: 'x', inclusive: true } },
    ],
    [
      'orderBy="a/b"&equalTo="x","k"',
      {
        index: child,
        start: { value: 'x', key: 'k', inclusive: true },
        end: { value: 'x', key: 'k', inclusive: true },
      },
    ],
    [
      'orderBy="$key"&startAfter="a"&endBefore="c"',
      {
        index: { kind: 'key' },
        start: { value: 'a', inclusive: false },
        end: { value: 'c', inclusive: false },
      },
    ],
  ])('%s', (text, expected) => {
    expect(parse(text)).toEqual(expected)
  })
})

describe('is refused', () => {
  test.each([
    ['orderBy=a', 'orderBy must be a valid JSON encoded path'],
    ['orderBy=', 'orderBy must be a valid JSON encoded path'],
    ['orderBy=""', 'orderBy must be a valid JSON encoded path'],
    ['orderBy=1', 'orderBy must be a valid JSON encoded path'],
    ['orderBy="a"&orderBy="b"', 'orderBy must be given once'],
    ['orderBy="a"&startAt=1&startAt=2', 'startAt must be given once'],
    ['startAt=1', 'orderBy must be defined'],
    ['limitToLast=1', 'orderBy must be defined'],
    ['orderBy="a"&startAt=x', 'JSON primitive'],
    ['orderBy="a"&startAt=', 'JSON primitive'],
    ['orderBy="a"&startAt={}', 'JSON primitive'],
    ['orderBy="a"&startAt=[1]', 'JSON primitive'],
    ['orderBy="a"&startAt=1],[2', 'JSON primitive'],
    ['orderBy="a"&startAt=1,"k",2', 'JSON primitive'],
    ['orderBy="a"&startAt=1,2', 'key field must be a string'],
    ['orderBy="$key"&startAt=1', 'JSON encoded key'],
    ['orderBy="$key"&startAt="a","b"', 'JSON encoded key'],
    ['orderBy="a"&equalTo=1&startAt=1', 'equalTo cannot'],
    ['orderBy="a"&equalTo=1&endBefore=1', 'equalTo cannot'],
    ['orderBy="a"&startAt=1&startAfter=1', 'Only one of startAt'],
    ['orderBy="a"&endAt=1&endBefore=1', 'Only one of endAt'],
    ['orderBy="a"&limitToFirst=1&limitToLast=1', 'Only one of limitToFirst'],
    ['orderBy="a"&limitToFirst=0', 'positive integer'],
    ['orderBy="a"&limitToFirst=-1', 'positive integer'],
    ['orderBy="a"&limitToFirst=1.5', 'positive integer'],
    ['orderBy="a"&limitToFirst="2"', 'positive integer'],
    ['orderBy="a"&limitToLast=9999999999', 'positive integer'],
  ])('%s', (text, reason) => {
    expect(() => parse(text)).toThrow(RestError)
    expect(() => parse(text)).toThrow(reason)
  })

  test('a child path with a bad key is refused as such', () => {
    expect(() => parse('orderBy="a.b"')).toThrow('Invalid key')
  })
})
