/** The value below which the given share (0..1) of the samples lies. Throws on no samples. */
export function quantile(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((a, b) => a - b)
  const value = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]
  if (value === undefined) throw new RangeError('No samples')
  return value
}

/** `1.23 ms` */
export const milliseconds = (value: number): string => `${value.toFixed(2)} ms`
