import type { Ranked } from './rank.ts'
import type { Sentence } from './transcript.ts'
import { dot } from './vectors.ts'

/** How much likeness to what is chosen already takes from a sentence. */
const REDUNDANCY = 0.5

/**
 * Chooses sentences by maximal marginal relevance until `words` are spent; at least one, in the order of the
 * conversation. `cost` is the length in words of what will stand in the summary, 0 for what cannot stand there.
 */
export function chooseSentences(
  ranked: readonly Ranked[],
  words: number,
  cost: (sentence: Sentence) => number,
): Sentence[] {
  const chosen: Ranked[] = []
  // What cannot win any more is not looked at again: the work stays linear in the length of the conversation.
  const open = ranked.toSorted((a, b) => b.score - a.score).slice(0, CANDIDATES)
  const likeness = open.map(() => 0)
  let spent = 0
  for (;;) {
    let best = -1
    for (const [at, candidate] of open.entries()) {
      if (likeness[at] === Infinity) continue
      const value = candidate.score - REDUNDANCY * (likeness[at] ?? 0)
      if (best === -1 || value > (open[best]?.score ?? 0) - REDUNDANCY * (likeness[best] ?? 0)) best = at
    }
    const next = open[best]
    if (next === undefined) break
    likeness[best] = Infinity
    const price = cost(next.sentence)
    if (price === 0) continue
    // Nearer to the goal with it than without.
    if (chosen.length > 0 && spent + price - words > words - spent) {
      if (spent >= words * 0.6) break
      continue
    }
    chosen.push(next)
    spent += price
    if (spent >= words) break
    for (const [at, candidate] of open.entries()) {
      likeness[at] = Math.max(likeness[at] ?? 0, dot(candidate.vector, next.vector))
    }
  }
  return chosen.map(({ sentence }) => sentence).toSorted((a, b) => a.index - b.index)
}

const CANDIDATES = 400
