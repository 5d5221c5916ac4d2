/** A set of UTF-16 code units, as inclusive ranges. */
export interface CharacterSet {
  ranges: readonly (readonly [number, number])[]
  negated: boolean
}

const highest = 0xffff
const lineEnds = ['\n', '\r', '\u2028', '\u2029']
const word = ['az', 'AZ', '09', '_']
const blank = [
  '\t\r',
  ' ',
  '\u00a0',
  '\u1680',
  '\u2000\u200a',
  '\u2028\u2029',
  '\u202f',
  '\u205f',
  '\u3000',
  '\ufeff',
]

function among(spans: readonly string[], negated = false): CharacterSet {
  return { ranges: spans.map((span) => [span.charCodeAt(0), span.charCodeAt(span.length - 1)]), negated }
}

const classes = new Map<string, CharacterSet>([
  ['.', among(lineEnds, true)],
  ['\\d', among(['09'])],
  ['\\D', among(['09'], true)],
  ['\\w', among(word)],
  ['\\W', among(word, true)],
  ['\\s', among(blank)],
  ['\\S', among(blank, true)],
])

/** The set behind `.` or a class escape such as `\d`; undefined for any other text. */
export function characterClass(text: string): CharacterSet | undefined {
  return classes.get(text)
}

/** The set of one character. */
export function literalSet(character: string): CharacterSet {
  return among([character])
}

/** The ranges of everything outside the given ones. */
export function complement(ranges: CharacterSet['ranges']): [number, number][] {
  const result: [number, number][] = []
  let from = 0
  for (const [low, high] of ranges.toSorted((a, b) => a[0] - b[0])) {
    if (low > from) result.push([from, low - 1])
    from = Math.max(from, high + 1)
  }
  if (from <= highest) result.push([from, highest])
  return result
}

/** Whether the set holds a code unit; `ignoreCase` also asks for its lower and upper case. */
export function includesCharacter(set: CharacterSet, unit: number, ignoreCase: boolean): boolean {
  const found =
    inRanges(set.ranges, unit) || (ignoreCase && caseVariants(unit).some((u) => inRanges(set.ranges, u)))
  return found !== set.negated
}

function inRanges(ranges: CharacterSet['ranges'], unit: number): boolean {
  for (const [low, high] of ranges) if (unit >= low && unit <= high) return true
  return false
}

function caseVariants(unit: number): number[] {
  const character = String.fromCharCode(unit)
  const variants = [character.toLowerCase(), character.toUpperCase()]
  return variants.filter((variant) => variant.length === 1).map((variant) => variant.charCodeAt(0))
}
