import { InvalidDataError } from './invalid-data-error.ts'
import { Node } from './node.ts'
import type { LeafValue, Priority } from './order.ts'
import { ownMember } from './own-member.ts'
import { checkPathSize, isValidKey, priorityKey, rootPath } from './path.ts'
import type { Path } from './path.ts'
import { resolveServerValue } from './server-values.ts'

const maxStringBytes = 10 * 1024 * 1024

/** What a write has to know to be read: where it goes, what is there, and the time that server values take. */
export interface WriteContext {
  readonly path: Path
  readonly existing: Node
  /** Milliseconds since the epoch. */
  readonly now: number
}

/**
 * Reads plain JSON or the export form (`.value`, `.priority`); other keys that start with a dot are skipped.
 * Server values are resolved when a context is given, and refused otherwise.
 * @throws InvalidDataError for keys, numbers, strings, depths or server values that the database does not take.
 */
export function nodeFromJson(json: unknown, context?: WriteContext): Node {
  return context?.path.at(-1) === priorityKey
    ? Node.leaf(readPriority(json, context.existing.leaf, context.now))
    : readNode(json, context?.path ?? rootPath, context?.existing ?? Node.empty, context?.now)
}

function readNode(json: unknown, path: Path, existing: Node, now: number | undefined): Node {
  if (json === null) return Node.empty
  if (typeof json !== 'object') return Node.leaf(readLeaf(json))
  const priority = readPriority(ownMember(json, priorityKey) ?? null, existing.priority, now)
  const value = ownMember(json, '.value') ?? null
  if (value !== null) return readValue(value, path, existing, now).updatePriority(priority)
  if (Object.hasOwn(json, '.sv')) return Node.leaf(readServerValue(json, existing.leaf, now), priority)
  return readMap(json, priority, path, existing, now)
}

/** `.value` holds a leaf, or plain JSON that does not nest a further `.value`. */
function readValue(value: unknown, path: Path, existing: Node, now: number | undefined): Node {
  if (typeof value !== 'object' || value === null) return Node.leaf(readLeaf(value))
  if (Object.hasOwn(value, '.value')) throw new InvalidDataError('.value must not hold another .value')
  return readNode(value, path, existing, now)
}

function readMap(
  json: object,
  priority: Priority,
  path: Path,
  existing: Node,
  now: number | undefined,
): Node {
  const children: [string, Node][] = []
  for (const [key, value] of Object.entries(json)) {
    if (key.startsWith('.') || value === null) continue
    if (!isValidKey(key)) throw new InvalidDataError(`Invalid key in data: ${JSON.stringify(key)}`)
    const childPath = [...path, key]
    checkPathSize(childPath)
    children.push([key, readNode(value, childPath, existing.child(key), now)])
  }
  return Node.map(children, priority)
}

function readLeaf(value: unknown): LeafValue {
  if (typeof value === 'boolean') return value
  if (typeof value === 'number' && Number.isFinite(value)) return value
  if (typeof value !== 'string')
    throw new InvalidDataError('A value must be a string, a finite number or a boolean')
  if (Buffer.byteLength(value) > maxStringBytes) throw new InvalidDataError('A string is longer than 10 MiB')
  return value
}

function readPriority(value: unknown, existing: LeafValue | null, now: number | undefined): Priority {
  if (typeof value === 'object' && value !== null) return readServerValue(value, existing, now)
  if (value === null || typeof value === 'string') return value
  if (typeof value === 'number' && Number.isFinite(value)) return value
  throw new InvalidDataError('A priority must be a string, a finite number or null')
}

function readServerValue(json: object, existing: LeafValue | null, now: number | undefined): number {
  if (now === undefined) throw new InvalidDataError('Server values have no place here')
  return resolveServerValue(ownMember(json, '.sv'), existing, now)
}

/** JSON with priorities, from which {@link nodeFromJson} makes an equal node. */
export function toExport(node: Node): unknown {
  if (node.leaf !== null) {
    return node.priority === null ? node.leaf : { '.value': node.leaf, [priorityKey]: node.priority }
  }
  if (node.isEmpty()) return null
  const json: Record<string, unknown> = {}
  for (const [name, child] of node.entries()) define(json, name, toExport(child))
  if (node.priority !== null) json[priorityKey] = node.priority
  return json
}

/** JSON without priorities, as an application reads it: maps that are mostly filled from 0 on become arrays. */
export function toValue(node: Node): unknown {
  if (node.leaf !== null) return node.leaf
  if (node.isEmpty()) return null
  const length = arrayLength(node)
  if (length !== null) {
    return Array.from({ length }, (_, index) => toValue(node.child(String(index))))
  }
  const json: Record<string, unknown> = {}
  for (const [name, child] of node.entries()) define(json, name, toValue(child))
  return json
}

function arrayLength(node: Node): number | null {
  let highest = -1
  for (const [name] of node.entries()) {
    const index = Number(name)
    if (!Number.isSafeInteger(index) || index < 0 || String(index) !== name) return null
    if (index >= 2 * node.numChildren) return null
    highest = Math.max(highest, index)
  }
  return highest + 1
}

/** An own property whatever its name: assigning to `__proto__` would set the prototype instead. */
function define(json: Record<string, unknown>, name: string, value: unknown): void {
  if (name === '__proto__') {
    Object.defineProperty(json, name, { value, enumerable: true, writable: true, configurable: true })
  } else {
    json[name] = value
  }
}
