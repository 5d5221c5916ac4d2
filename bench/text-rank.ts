import type { Sentence } from '../functions/src/models/offline/transcript.ts'

const DAMPING = 0.85
const ROUNDS = 20

/**
 * The well-known graph method, as a reference: sentences are linked by the words that they share, and the best linked win,
 * until `words` are spent. Quadratic in the number of sentences.
 */
export function textRank(sentences: readonly Sentence[], words: number): string {
  const sets = sentences.map(({ terms }) => new Set(terms))
  const links = sets.map((a, i) => sets.map((b, j) => (i === j ? 0 : shared(a, b))))
  const totals = links.map((row) => row.reduce((sum, link) => sum + link, 0))
  let scores = sentences.map(() => 1)
  for (let round = 0; round < ROUNDS; round += 1) {
    const before = scores
    scores = links.map((row) => {
      let sum = 0
      for (const [at, link] of row.entries()) {
        if (link > 0) sum += (link / (totals[at] ?? 1)) * (before[at] ?? 0)
      }
      return 1 - DAMPING + DAMPING * sum
    })
  }
  const order = sentences.toSorted((a, b) => (scores[b.index] ?? 0) - (scores[a.index] ?? 0))
  const chosen: Sentence[] = []
  let spent = 0
  for (const sentence of order) {
    if (spent >= words) break
    chosen.push(sentence)
    spent += sentence.text.split(' ').length
  }
  return chosen
    .toSorted((a, b) => a.index - b.index)
    .map(({ text }) => text)
    .join(' ')
}

function shared(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let common = 0
  for (const term of a) if (b.has(term)) common += 1
  return common === 0 ? 0 : common / (Math.log(a.size + 1) + Math.log(b.size + 1))
}
