// Terms of a sentence or of a conversation with their weights, as vectors.

/** A long conversation has more sentences and words than a call takes arguments. */
export const greatest = (values: readonly number[]): number => values.reduce((a, b) => Math.max(a, b), 0)

export function norm(vector: ReadonlyMap<string, number>): number {
  let squares = 0
  for (const value of vector.values()) squares += value * value
  return Math.sqrt(squares) || 1
}

export function dot(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): number {
  const [small, large] = a.size < b.size ? [a, b] : [b, a]
  let sum = 0
  for (const [term, value] of small) sum += value * (large.get(term) ?? 0)
  return sum
}
