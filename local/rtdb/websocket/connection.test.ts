import { once } from 'node:events'

import { expect, test } from 'vitest'

import { Namespace } from '../namespace.ts'
import type { Journal } from '../namespace.ts'
import { openRules } from '../rules/rule-set.ts'
import type { RuleSet } from '../rules/rule-set.ts'
import { Node } from '../tree/node.ts'
import { Connection } from './connection.ts'

const fails = () => {
  throw new Error('broken')
}

function connect({ rules = openRules, journal }: { rules?: RuleSet; journal?: Journal }) {
  const stored = { root: Node.empty, rules, rulesSource: null }
  const namespace = new Namespace({ name: 'test', now: () => 0, stored, ...(journal && { journal }) })
  const replies: unknown[] = []
  const connection = new Connection({
    namespace,
    now: () => 0,
    send: (frame) => replies.push((JSON.parse(frame) as { d: { b: unknown } }).d.b),
  })
  const request = (action: string, body: object) => {
    connection.receive(JSON.stringify({ t: 'd', d: { r: 1, a: action, b: body } }))
    return replies.at(-1)
  }
  return { connection, namespace, request, replies }
}

test('a write that cannot be stored is answered as unavailable, and the connection goes on', () => {
  const { namespace, request } = connect({ journal: { append: fails, setRules: fails } })
  expect(request('p', { p: '/a', d: 1 })).toMatchObject({ s: 'unavailable' })
  expect(request('g', { p: '/', q: {} })).toEqual({ s: 'ok', d: null })
  expect(namespace.root.isEmpty()).toBe(true)
})

test('an error of our own is told to whoever runs the server, and not to the client', async () => {
  const { request } = connect({ rules: { ...openRules, canRead: fails } })
  const warning = once(process, 'warning')
  expect(request('g', { p: '/', q: {} })).toEqual({ s: 'internal_error', d: 'Internal error' })
  expect(await warning).toEqual([expect.objectContaining({ message: 'broken' })])
  expect(request('p', { p: '/a', d: 1 })).toMatchObject({ s: 'ok' })
})

test('nothing is sent, done or pushed any more when the connection has ended', () => {
  const { connection, namespace, request, replies } = connect({})
  request('q', { p: '/', h: '' })
  request('o', { p: '/gone', d: { '.sv': { increment: 1 } } })
  connection.close()
  connection.close()
  const said = replies.length
  request('p', { p: '/a', d: 1 })
  expect([replies.length, namespace.listens(), namespace.root.at(['gone']).leaf]).toEqual([said, [], 1])
  expect(namespace.root.child('a').isEmpty()).toBe(true)
})

test('an on-disconnect write that cannot be stored is told to whoever runs the server', async () => {
  const { connection, request } = connect({ journal: { append: fails, setRules: fails } })
  request('o', { p: '/gone', d: 1 })
  const warning = once(process, 'warning')
  connection.close()
  expect(await warning).toEqual([expect.objectContaining({ name: 'StorageError' })])
})
