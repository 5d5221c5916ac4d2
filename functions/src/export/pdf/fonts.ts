import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { type Font, create } from 'fontkit'
import { unpackWoff } from './unpack-woff.ts'

/** A font by the name under which a document has it. */
export interface Typeface {
  readonly name: string
  readonly data: Buffer
  readonly font: Font
  /**
   * `text`: its letters stand one for one for characters, and are written as text. `outlines`: its letters are shaped, and
   * a letter on the page may stand for several characters or for different ones; they are drawn, with the words beneath.
   */
  readonly drawnAs: 'text' | 'outlines'
  /** It has a space as narrow as that between words. */
  readonly hasSpace: boolean
}

const require = createRequire(import.meta.url)

const PLAIN = ['latin', 'latin-ext', 'greek', 'greek-ext', 'cyrillic', 'cyrillic-ext', 'vietnamese']

/** In order of preference: what several can draw the first one draws. */
const SHAPED: readonly [family: string, subset: string][] = [
  ['noto-sans-devanagari', 'devanagari'],
  ['noto-sans-bengali', 'bengali'],
  ['noto-sans-tamil', 'tamil'],
  ['noto-sans-hebrew', 'hebrew'],
  ['noto-sans-arabic', 'arabic'],
  ['noto-sans-arabic', 'symbols'],
  ['noto-sans-arabic', 'math'],
  ['noto-emoji', 'emoji'],
]

let loaded: readonly Typeface[] | undefined

/** The fonts that text is drawn with, read once a process and when first wanted. */
export const typefaces = (): readonly Typeface[] =>
  (loaded ??= [
    ...PLAIN.map((subset) => load('noto-sans', subset, 'text')),
    ...SHAPED.map(([family, subset]) => load(family, subset, 'outlines')),
  ])

function load(family: string, subset: string, drawnAs: Typeface['drawnAs']): Typeface {
  // woff and not woff2, whose rearranged outlines cannot be taken over into a document.
  const path = require.resolve(`@fontsource/${family}/files/${family}-${subset}-400-normal.woff`)
  const data = unpackWoff(readFileSync(path))
  const font = create(data)
  if (!('layout' in font)) throw new Error(`${family} is no single font`)
  const hasSpace =
    font.hasGlyphForCodePoint(0x20) && font.glyphForCodePoint(0x20).advanceWidth < font.unitsPerEm / 2
  return { name: `${family}-${subset}`, data, font, drawnAs, hasSpace }
}

const IGNORABLE = /^\p{Default_Ignorable_Code_Point}$/u

const found = new Map<string, Typeface | undefined>()
const MAX_FOUND = 20_000

/** The first font that has all of these characters; undefined when none has. */
export function typefaceFor(cluster: string): Typeface | undefined {
  const known = found.get(cluster)
  if (known !== undefined || found.has(cluster)) return known
  const typeface = search(cluster)
  if (found.size < MAX_FOUND) found.set(cluster, typeface)
  return typeface
}

function search(cluster: string): Typeface | undefined {
  const points = Array.from(cluster)
    .filter((character) => !IGNORABLE.test(character))
    .map((each) => each.codePointAt(0) ?? 0)
  return typefaces().find(({ font }) => points.every((point) => font.hasGlyphForCodePoint(point)))
}
