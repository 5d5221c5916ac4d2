import { hash } from 'node:crypto'

import { compareKeys, compareValues } from './order.ts'
import type { LeafValue, Priority, Sortable } from './order.ts'

interface Hashable extends Sortable {
  readonly priority: Priority
  child(name: string): Hashable
  entries(): Iterable<[string, Hashable]>
  hash(): string
}

const scratch = new DataView(new ArrayBuffer(8))

function doubleAsHex(value: number): string {
  scratch.setFloat64(0, value)
  return scratch.getBigUint64(0).toString(16).padStart(16, '0')
}

function typedText(value: LeafValue): string {
  return `${typeof value}:${typeof value === 'number' ? doubleAsHex(value) : String(value)}`
}

function priorityText(priority: Priority): string {
  return priority === null ? '' : `priority:${typedText(priority)}:`
}

/** The text of a map: children by priority, then by key. Sorting is skipped where no child has a priority. */
function childrenText(node: Hashable): string {
  const children = [...node.entries()]
  if (children.some(([, child]) => child.priority !== null)) {
    children.sort(
      ([leftName, left], [rightName, right]) =>
        compareValues(left.child('.priority'), right.child('.priority')) || compareKeys(leftName, rightName),
    )
  }
  return children.map(([name, child]) => `:${name}:${child.hash()}`).join('')
}

/** The hash by which client and server tell whether they hold the same data (protocol notes, section 1). */
export function hashNode(node: Hashable): string {
  if (node.isEmpty()) return ''
  const text = priorityText(node.priority) + (node.leaf === null ? childrenText(node) : typedText(node.leaf))
  return hash('sha1', encode(text), 'base64')
}

/** UTF-8, where half a surrogate pair keeps its own three bytes, as the client encodes it. */
function encode(text: string): string | Buffer {
  if (text.isWellFormed()) return text
  const bytes: Buffer[] = []
  for (const character of text) {
    const unit = character.charCodeAt(0)
    const alone = character.length === 1 && unit >= 0xd800 && unit <= 0xdfff
    bytes.push(
      alone
        ? Buffer.from([0xe0 | (unit >> 12), 0x80 | ((unit >> 6) & 0x3f), 0x80 | (unit & 0x3f)])
        : Buffer.from(character),
    )
  }
  return Buffer.concat(bytes)
}
