import pLimit from 'p-limit'
import type { ModelAnswer } from './model.ts'

/** What one prompt is told: what was made of earlier parts, and what those do not cover. */
export interface Told<Item, Part> {
  parts: readonly Part[]
  tail: readonly Item[]
}

export interface InParts<Item, Part> {
  items: readonly Item[]
  /** Made of what came before the items. */
  earlier?: readonly Part[]
  /** As a prompt has it, UTF-16 units. */
  lengthOf: (item: Item) => number
  /** What a prompt may hold of items, or of parts, UTF-16 units. */
  budget: number
}

/** Calls of the model for the parts of one piece of work at the same time. */
const AT_ONCE = 4

/**
 * Has a model do at once what fits into a prompt, and what does not in parts that are then made one: of so many parts that
 * no prompt holds them all, groups are made one first.
 *
 * @throws what `run` throws
 */
export async function runInParts<Item, Part>(
  { items, earlier = [], lengthOf, budget }: InParts<Item, Part>,
  run: (told: Told<Item, Part>) => Promise<ModelAnswer<Part>>,
): Promise<ModelAnswer<Part>> {
  const limit = pLimit(AT_ONCE)

  async function merge(parts: readonly Part[]): Promise<ModelAnswer<Part>> {
    const groups = runsOf(parts, (part) => JSON.stringify(part).length, budget)
    if (groups.length <= 1 || groups.length === parts.length) return run({ parts, tail: [] })
    const merged = await limit.map(groups, (group) => run({ parts: group, tail: [] }))
    return merge(merged.map(({ output }) => output))
  }

  const runs = runsOf(items, lengthOf, budget)
  if (runs.length <= 1) return run({ parts: earlier, tail: items })
  const answers = await limit.map(runs, (tail) => run({ parts: [], tail }))
  return merge([...earlier, ...answers.map(({ output }) => output)])
}

/** Runs of items that a prompt can hold; one that is too long by itself is a run of its own. */
function runsOf<T>(items: readonly T[], lengthOf: (item: T) => number, budget: number): T[][] {
  const runs: T[][] = []
  let size = Infinity
  for (const item of items) {
    const length = lengthOf(item)
    if (size + length > budget) {
      runs.push([])
      size = 0
    }
    runs.at(-1)?.push(item)
    size += length
  }
  return runs
}
