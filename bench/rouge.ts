/** F1 of ROUGE-1, ROUGE-2 and ROUGE-L, each 0 to 1. */
export interface Rouge {
  one: number
  two: number
  l: number
}

/** Lower case, runs of ASCII letters and digits, no stemming: as the usual scorer reads texts without its stemmer. */
export const rougeWords = (text: string): string[] => text.toLowerCase().match(/[a-z0-9]+/g) ?? []

/**
 * ROUGE of a summary against one reference: the share of words (1) and pairs of words (2) that both have, each counted as
 * often as in the one that has it less; L by the longest common subsequence over the whole texts, not by sentences.
 */
export function rouge(summary: string, reference: string): Rouge {
  const a = rougeWords(summary)
  const b = rougeWords(reference)
  return {
    one: overlap(a, b),
    two: overlap(pairs(a), pairs(b)),
    l: f1(longestCommon(a, b), a.length, b.length),
  }
}

/** The mean over several references, and over several summaries. */
export function meanRouge(scores: readonly Rouge[]): Rouge {
  const mean = (pick: (score: Rouge) => number): number =>
    scores.length === 0 ? 0 : scores.reduce((sum, score) => sum + pick(score), 0) / scores.length
  return { one: mean(({ one }) => one), two: mean(({ two }) => two), l: mean(({ l }) => l) }
}

const pairs = (words: readonly string[]): string[] =>
  words.slice(1).map((word, at) => `${words[at] ?? ''} ${word}`)

const f1 = (common: number, a: number, b: number): number => (common === 0 ? 0 : (2 * common) / (a + b))

function overlap(a: readonly string[], b: readonly string[]): number {
  const left = new Map<string, number>()
  for (const word of b) left.set(word, (left.get(word) ?? 0) + 1)
  let common = 0
  for (const word of a) {
    const count = left.get(word) ?? 0
    if (count === 0) continue
    common += 1
    left.set(word, count - 1)
  }
  return f1(common, a.length, b.length)
}

function longestCommon(a: readonly string[], b: readonly string[]): number {
  let above = new Uint32Array(b.length + 1)
  for (const word of a) {
    const row = new Uint32Array(b.length + 1)
    for (const [at, other] of b.entries()) {
      row[at + 1] = word === other ? (above[at] ?? 0) + 1 : Math.max(above[at + 1] ?? 0, row[at] ?? 0)
    }
    above = row
  }
  return above[b.length] ?? 0
}
