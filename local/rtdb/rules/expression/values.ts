import type { Node } from '../../tree/node.ts'
import { failEvaluation } from './types.ts'

/** Far above any stored string (10 MiB); rules that build longer texts would only eat memory. */
const maxTextLength = 32 * 1024 * 1024

/** The text itself; the rule fails when it has grown beyond all sense. */
export function limitText(text: string): string {
  return text.length > maxTextLength ? failEvaluation() : text
}

/** Replaces every occurrence; fails the rule before building a text beyond all sense. */
export function replaceText(text: string, part: string, replacement: string): string {
  const pieces = text.split(part)
  if (text.length + (pieces.length - 1) * replacement.length > maxTextLength) failEvaluation()
  return pieces.join(replacement)
}

/** Equality of rules: by type and value; values of locations with children are equal when their trees are. */
export function isSameValue(left: unknown, right: unknown): boolean {
  if (left === right) return true
  return isTree(left) && isTree(right) && left.hash() === right.hash()
}

/** A member of a value inside `auth`: null for whatever is not there, inherited names included. */
export function readMember(value: unknown, key: unknown): unknown {
  if (typeof key !== 'string' && typeof key !== 'number') return failEvaluation()
  if (typeof value === 'string') return key === 'length' ? value.length : null
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return null
  return (value as Record<string | number, unknown>)[key] ?? null
}

function isTree(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'hash' in value && typeof value.hash === 'function'
}
