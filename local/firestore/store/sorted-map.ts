import sorted from 'sorted-btree'

import { compareKeys } from '../values/key-encoding.ts'

// Node gives a CommonJS module's exports as its default export, Vite their `default`.
const Tree = 'default' in sorted ? sorted.default : sorted

/** A map that is sorted by its keys, which are those of key-encoding: a B+ tree. */
export type SortedMap<Value> = InstanceType<typeof sorted.default<string, Value>>

export const sortedMap = <Value>(): SortedMap<Value> => new Tree<string, Value>(undefined, compareKeys)
