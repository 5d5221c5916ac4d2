import { type Typeface, typefaceFor, typefaces } from './fonts.ts'
import bidiFactory, { type Bidi } from 'bidi-js'

const bidi = (bidiFactory as unknown as () => Bidi)()
const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' })

/** What a reader takes for one character, and how it is drawn. */
export interface Unit {
  /** As it is written and read out; `drawn` differs where no font has it, and where it is mirrored. */
  text: string
  drawn: string
  typeface: Typeface
  /** Odd: it runs from right to left (Unicode bidirectional algorithm). */
  level: number
  /** A line may end behind it. */
  breaksAfter: boolean
  isSpace: boolean
}

const INVISIBLE = /^[\p{Cc}\p{Default_Ignorable_Code_Point}]+$/u

/** One paragraph, without line breaks in it. */
export function unitsOf(paragraph: string): { units: Unit[]; baseLevel: number } {
  const levels = bidi.getEmbeddingLevels(paragraph, 'auto')
  const units: Unit[] = []
  for (const { segment, index } of graphemes.segment(paragraph)) {
    const level = levels.levels[index] ?? 0
    const isSpace = /^\s+$/u.test(segment)
    if (!isSpace && INVISIBLE.test(segment)) continue
    units.push({
      ...drawn(segment, isSpace, level, units.at(-1)?.typeface),
      level,
      isSpace,
      breaksAfter: isSpace || /^[-/,;:।]$/u.test(segment),
    })
  }
  return { units, baseLevel: levels.paragraphs[0]?.level ?? 0 }
}

function drawn(
  segment: string,
  isSpace: boolean,
  level: number,
  before: Typeface | undefined,
): Pick<Unit, 'text' | 'drawn' | 'typeface'> {
  const [plain] = typefaces()
  if (plain === undefined) throw new Error('there are no fonts')
  if (isSpace) {
    const typeface = before?.hasSpace ? before : plain
    return { text: ' ', drawn: ' ', typeface }
  }
  const typeface = typefaceFor(segment)
  if (typeface === undefined) return { text: segment, drawn: byCodePoints(segment), typeface: plain }
  const mirrored = level % 2 === 1 ? bidi.getMirroredCharacter(segment) : null
  return { text: segment, drawn: mirrored ?? segment, typeface }
}

/** What no font of ours can draw is named and never left out or shown as a box. */
const byCodePoints = (segment: string): string =>
  Array.from(segment)
    .map((each) => `[U+${(each.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`)
    .join('')
