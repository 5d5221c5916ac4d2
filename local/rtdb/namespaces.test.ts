import { expect, test } from 'vitest'

import { Namespace } from './namespace.ts'
import { Namespaces, namespaceNameOf } from './namespaces.ts'
import { InvalidDataError } from './tree/invalid-data-error.ts'

test.each([
  ['the parameter', 'ns=named', 'localhost:9000', 'named'],
  ['the parameter before the host', 'ns=named', 'other.localhost:9000', 'named'],
  ["the host's first label", '', 'other.localhost:9000', 'other'],
  ['nothing', '', 'localhost:9000', 'fake-server'],
  ['an address', '', '127.0.0.1:9000', 'fake-server'],
  ['no host at all', '', undefined, 'fake-server'],
])('a request is for the namespace that %s names', (_title, query, host, expected) => {
  expect(namespaceNameOf(new URLSearchParams(query), host)).toBe(expected)
})

test('a namespace is made once, whatever the case of its name', () => {
  const made: string[] = []
  const namespaces = new Namespaces((name) => {
    made.push(name)
    return new Namespace({ name, now: Date.now })
  })
  expect(namespaces.get('Demo-DB')).toBe(namespaces.get('demo-db'))
  expect([made, namespaces.all().map(({ name }) => name)]).toEqual([['demo-db'], ['demo-db']])
})

test.each(['', '..', 'a/b', 'a.b', '-a', '_a', 'ä', 'a'.repeat(101), 'a\0'])(
  '%j cannot be a namespace',
  (name) => {
    const namespaces = new Namespaces(() => new Namespace({ name: 'x', now: Date.now }))
    expect(() => namespaces.get(name)).toThrow(InvalidDataError)
  },
)
