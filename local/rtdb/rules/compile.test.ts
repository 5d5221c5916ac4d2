import { describe, expect, test } from 'vitest'

import type { RuleAuth } from '../auth/access.ts'
import { defaultQuery } from '../query/query.ts'
import type { Query } from '../query/query.ts'
import { nodeFromJson } from '../tree/json.ts'
import { parsePath, parseWritePath } from '../tree/path.ts'
import { compileRules } from './compile.ts'
import type { RuleSet } from './rule-set.ts'

const ANN: RuleAuth = { uid: 'ann', token: {} }

function rulesOf(rules: unknown): RuleSet {
  return compileRules(JSON.stringify({ rules }))
}

interface Reading {
  data?: unknown
  auth?: RuleAuth
  query?: Query
}

function canRead(
  rules: unknown,
  path: string,
  { data = null, auth = null, query = defaultQuery }: Reading = {},
) {
  return rulesOf(rules).canRead({ root: nodeFromJson(data), path: parsePath(path), auth, now: 5_000, query })
}

/** Applies `changes` (path → JSON) to `data` and asks for the write. */
function canWrite(
  rules: unknown,
  changes: Record<string, unknown>,
  data: unknown = null,
  auth: RuleAuth = null,
) {
  const before = nodeFromJson(data)
  const paths = Object.keys(changes).map(parseWritePath)
  let after = before
  for (const [index, value] of Object.values(changes).entries()) {
    after = after.set(paths[index] ?? [], nodeFromJson(value))
  }
  return rulesOf(rules).canWrite({ before, after, paths, auth, now: 5_000 })
}

describe('.read', () => {
  const rules = {
    open: { '.read': true, shut: { '.read': false } },
    users: { $uid: { '.read': 'auth.uid === $uid', public: { '.read': true } } },
    rooms: {
      $room: {
        '.read': "data.child('owner').val() === auth.uid",
        notes: { $note: { '.read': "$room + $note == 'r1n1'" } },
      },
      lobby: { '.read': 'auth == null' },
    },
    later: { '.read': 'now >= 5000' },
    vip: { '.read': "root.child('list/' + auth.uid).val() === true" },
  }
  const data = { rooms: { r1: { owner: 'ann' }, lobby: { owner: 'ann' } }, list: { ann: true } }

  test.each([
    ['is denied where no rule speaks', '', ANN, false],
    ['is denied above the rule that grants', 'users', ANN, false],
    ['is granted by a rule', 'open', null, true],
    ['is granted below the rule and cannot be taken back', 'open/shut/deeper', null, true],
    ['is granted to the owner of a wildcard', 'users/ann', ANN, true],
    ['is granted below the wildcard too', 'users/ann/mail', ANN, true],
    ['is denied for another key', 'users/bob', ANN, false],
    ['is denied for nobody', 'users/ann', null, false],
    ['is granted deeper than the rule that denies', 'users/bob/public', ANN, true],
    ['sees the data of its own level', 'rooms/r1', ANN, true],
    ['and not that of another', 'rooms/r2', ANN, false],
    ['sees every wildcard above', 'rooms/r1/notes/n1', null, true],
    ['of both names', 'rooms/r1/notes/n2', null, false],
    ['prefers the literal key to the wildcard', 'rooms/lobby', ANN, false],
    ['whoever asks', 'rooms/lobby', null, true],
    ['sees the time', 'later', null, true],
    ['sees the root', 'vip', ANN, true],
    ['is denied where no rule reaches', 'elsewhere/deep', ANN, false],
  ])('%s: %s', (_title, path, auth, expected) => {
    expect(canRead(rules, path, { data, auth })).toBe(expected)
  })
})

describe('query conditions', () => {
  const byWorker = (value: string): Query => ({
    index: { kind: 'child', path: ['worker', 'id'] },
    start: { value, inclusive: true },
    end: { value, inclusive: true },
  })
  const ranged: Query = {
    index: { kind: 'key' },
    start: { value: 'a', inclusive: true },
    end: { value: 'b', inclusive: false },
  }
  const last = (count: number): Query => ({ index: { kind: 'priority' }, limit: { count, from: 'last' } })

  test.each<[string, Query, boolean]>([
    ["query.orderByChild === 'worker/id' && query.equalTo === auth.uid", byWorker('ann'), true],
    ["query.orderByChild === 'worker/id' && query.equalTo === auth.uid", byWorker('bob'), false],
    ["query.orderByChild === 'worker/id' && query.equalTo === auth.uid", defaultQuery, false],
    ['query.orderByKey && query.limitToFirst == null && query.startAt == null', defaultQuery, true],
    ["query.orderByKey && query.startAt == 'a' && query.endAt == 'b' && query.equalTo == null", ranged, true],
    ['query.orderByPriority && !query.orderByKey && query.limitToLast <= 10', last(10), true],
    ['query.limitToLast <= 10', last(11), false],
    ['query.limitToFirst <= 10', last(10), false],
    ['query.orderByValue', { index: { kind: 'value' } }, true],
    ['query.orderByChild == null', { index: { kind: 'value' } }, true],
  ])('%s', (rule, query, expected) => {
    expect(canRead({ calls: { '.read': rule } }, 'calls', { auth: ANN, query })).toBe(expected)
  })

  test('speak of the location they stand at, and not of one below', () => {
    const rules = { calls: { '.read': 'query.limitToFirst <= 10' } }
    const query: Query = { index: { kind: 'key' }, limit: { count: 5, from: 'first' } }
    expect(canRead(rules, 'calls', { query })).toBe(true)
    expect(canRead(rules, 'calls/c1', { query })).toBe(false)
  })
})

describe('.write', () => {
  const rules = {
    users: {
      $uid: { '.write': '$uid === auth.uid', name: {} },
      guest: { '.write': true },
    },
    log: { $entry: { '.write': '!data.exists() && newData.exists()' } },
    pair: {
      a: { '.write': "newData.parent().child('b').val() === newData.val()" },
      b: { '.write': "newData.parent().child('a').val() === newData.val()" },
    },
    clock: { '.write': 'newData.val() === now' },
  }

  test.each<[string, Record<string, unknown>, boolean]>([
    ['is granted at the rule', { 'users/ann': { name: 'Ann' } }, true],
    ['is granted below it', { 'users/ann/name': 'Ann' }, true],
    ['is denied above it', { users: { ann: { name: 'Ann' } } }, false],
    ['is denied beside it', { 'users/bob': 1 }, false],
    ['prefers literal keys', { 'users/guest': 1 }, true],
    ['is denied where no rule reaches', { other: 1 }, false],
    ['allows to create', { 'log/new': 1 }, true],
    ['and not to change', { 'log/old': 2 }, false],
    ['nor to remove', { 'log/old': null }, false],
    ['nor to create what is empty', { 'log/new': null }, false],
    ['needs every path of a multi-path write', { 'users/ann/name': 'A', 'users/bob/name': 'B' }, false],
    ['grants when each path is granted', { 'users/ann/name': 'A', 'users/guest': 1 }, true],
    ['sees the whole result of a multi-path write', { 'pair/a': 1, 'pair/b': 1 }, true],
    ['and judges each path by it', { 'pair/a': 1, 'pair/b': 2 }, false],
    ['sees a single path as one', { 'pair/a': 1 }, false],
    ['sees the time of the write', { clock: 5_000 }, true],
    ['and no other', { clock: 4_999 }, false],
    ['judges a priority at its location', { 'users/ann/.priority': 3 }, true],
    ['judges a priority of another', { 'users/bob/.priority': 3 }, false],
  ])('%s: %j', (_title, changes, expected) => {
    expect(canWrite(rules, changes, { log: { old: 1 }, users: { ann: 1, bob: 1 } }, ANN)).toBe(expected)
  })
})

describe('.validate', () => {
  const rules = {
    '.write': true,
    '.validate': "newData.hasChildren() && !newData.hasChild('broken')",
    posts: {
      $post: {
        '.validate': "newData.hasChildren(['title'])",
        title: { '.validate': 'newData.isString()' },
        likes: {
          $uid: { '.validate': 'newData.val() === true' },
          total: { '.validate': 'newData.isNumber()' },
        },
        $other: { '.validate': false },
      },
    },
    free: { deep: { checked: { '.validate': 'newData.val() > data.val()' } } },
  }
  const data = { posts: { p1: { title: 'one' } }, free: { deep: { checked: 1 } } }

  test.each<[string, Record<string, unknown>, boolean]>([
    ['passes what is valid', { 'posts/p2': { title: 'two', likes: { ann: true, total: 1 } } }, true],
    ['refuses a missing child', { 'posts/p2': { likes: { ann: true } } }, false],
    ['refuses at a written descendant', { 'posts/p2': { title: 2 } }, false],
    ['refuses at a descendant behind a wildcard', { 'posts/p2': { title: 'two', likes: { ann: 1 } } }, false],
    ['prefers the literal key there too', { 'posts/p2': { title: 'two', likes: { total: true } } }, false],
    ['refuses what no rule names when $other says so', { 'posts/p2': { title: 'two', extra: 1 } }, false],
    ['is asked for all of a tree written from above', { posts: { p2: { title: 'two', extra: 1 } } }, false],
    ['is asked on the way to what is written', { 'posts/p2/likes/ann': true }, false],
    ['and passes when the way is valid', { 'posts/p1/likes/ann': true }, true],
    ['is asked at the root too', { broken: 1 }, false],
    ['is not asked about what is gone', { 'posts/p1': null }, true],
    ['but still above what is gone', { 'posts/p1/title': null, 'posts/p1/likes/ann': true }, false],
    ['is not asked when everything goes', { '': null }, true],
    ['lets anything through where there is none', { 'free/other': { a: { b: 1 } } }, true],
    ['sees the data before', { 'free/deep/checked': 2 }, true],
    ['and refuses by it', { 'free/deep/checked': 1 }, false],
    ['is not asked about siblings that are not written', { 'free/deep/beside': 1 }, true],
    ['is asked for every path', { 'free/deep/checked': 2, 'posts/p1/title': 7 }, false],
    ['is asked where only a priority changes', { 'free/deep/checked/.priority': 7 }, false],
  ])('%s: %j', (_title, changes, expected) => {
    expect(canWrite(rules, changes, data)).toBe(expected)
  })

  test('grants nothing by itself', () => {
    expect(canWrite({ a: { '.validate': true } }, { a: 1 })).toBe(false)
  })
})

describe('.indexOn', () => {
  const rules = rulesOf({
    '.indexOn': 'top',
    calls: {
      '.indexOn': ['company_id', 'worker/id', '.value'],
      $call: { messages: { '.indexOn': '/sent/' } },
    },
  })
  test.each<[string, string[]]>([
    ['', ['top']],
    ['calls', ['company_id', 'worker/id', '.value']],
    ['calls/c1', []],
    ['calls/c1/messages', ['sent']],
    ['elsewhere/deep', []],
  ])('at /%s is %j', (path, expected) => {
    expect(rules.indexesAt(parsePath(path))).toEqual(expected)
  })
})
