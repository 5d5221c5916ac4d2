import { afterEach, describe, expect, test, vi } from 'vitest'

import { defaultQuery } from '../query/query.ts'
import { nodeFromJson } from '../tree/json.ts'
import { Node } from '../tree/node.ts'
import { compileRules } from './compile.ts'

const rules = compileRules(`{
  "rules": {
    "rooms": {
      "$room": {
        ".read": "data.child('owner').val() === auth.uid",
        ".write": "!data.exists() || data.child('owner').val() === auth.uid",
        ".validate": "newData.hasChildren(['owner'])",
        "messages": {
          "$message": {
            ".validate": "newData.hasChildren(['text', 'at']) && root.child('members').hasChild(auth.uid)",
            "text": { ".validate": "newData.isString() && newData.val().length <= 400" },
            "at": { ".validate": "newData.val() === now" },
            "$other": { ".validate": false }
          }
        }
      }
    }
  }
}`)
const auth = { uid: 'ann' }
const message = { text: 'hello', at: 1_000 }

function treeOf(messages: number): Node {
  const entries = Array.from({ length: messages }, (_, index) => [`m${index}`, message] as const)
  const rooms = Object.fromEntries(Array.from({ length: 10 }, (_, index) => [`r${index}`, { owner: 'ann' }]))
  const room = { owner: 'ann', messages: Object.fromEntries(entries) }
  return nodeFromJson({ members: { ann: true }, rooms: { ...rooms, r1: room } })
}

/** How many nodes are reached, one by one or by walking over children, while `run` runs. */
function countVisits(run: () => void): number {
  let visits = 0
  const { child, entries } = Object.getOwnPropertyDescriptors(Node.prototype)
  vi.spyOn(Node.prototype, 'child').mockImplementation(function (this: Node, name) {
    visits += 1
    return (child.value as Node['child']).call(this, name)
  })
  vi.spyOn(Node.prototype, 'entries').mockImplementation(function* (this: Node) {
    for (const entry of (entries.value as Node['entries']).call(this)) {
      visits += 1
      yield entry
    }
  })
  run()
  vi.restoreAllMocks()
  return visits
}

function visitsOfWrite(root: Node, path: readonly string[], data: unknown): number {
  const after = root.set(path, nodeFromJson(data))
  return countVisits(() => {
    expect(rules.canWrite({ before: root, after, paths: [path], auth, now: 1_000 })).toBe(true)
  })
}

afterEach(() => {
  vi.restoreAllMocks()
})

describe('what a check costs', () => {
  const small = treeOf(10)
  const large = treeOf(20_000)

  test('a write is judged by what it touches, whatever the size of the tree', () => {
    const inSmall = visitsOfWrite(small, ['rooms', 'r1', 'messages', 'new'], message)
    expect(inSmall).toBeGreaterThan(0)
    expect(inSmall).toBeLessThan(30)
    expect(visitsOfWrite(large, ['rooms', 'r1', 'messages', 'new'], message)).toBe(inSmall)
  })

  test('a read too', () => {
    const visits = (root: Node) =>
      countVisits(() => {
        const path = ['rooms', 'r1', 'messages']
        expect(rules.canRead({ root, path, auth, now: 1_000, query: defaultQuery })).toBe(true)
      })
    expect(visits(large)).toBe(visits(small))
  })

  test('and so is the deletion of everything', () => {
    const visits = (root: Node) => visitsOfWrite(root, ['rooms', 'r1', 'messages'], null)
    expect(visits(large)).toBe(visits(small))
  })

  test('a write of many messages costs as many times one', () => {
    const many = (count: number) =>
      visitsOfWrite(large, ['rooms', 'fresh'], {
        owner: 'ann',
        messages: Object.fromEntries(Array.from({ length: count }, (_, index) => [`n${index}`, message])),
      })
    const [ten, thousand] = [many(10), many(1_000)]
    expect(thousand / ten).toBeGreaterThan(50)
    expect(thousand / ten).toBeLessThan(110)
  })
})
