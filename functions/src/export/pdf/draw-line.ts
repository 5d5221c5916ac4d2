import type { Line, Run } from './lines.ts'

/** The layer of words beneath what is drawn as outlines, to be searched, copied and read out. */
export interface WordLayer {
  write(run: Run, x: number, baseline: number, size: number): void
  /** Says what the characters were; at the end of the document. */
  finish(): void
}

/** Every character of this font is half as wide as it is high, and none can be seen. */
const CHARACTER_WIDTH = 500
/** Codes of UTF-16 that are halves of characters, and so free. */
const FIRST_FREE = 0xd800
const LAST_FREE = 0xdfff

/** A string of the document and not a name: the library tells the two apart by this. */
// oxlint-disable-next-line no-new-wrappers, unicorn/new-for-builtins
const literal = (text: string): object => new String(text)

/** What an object ends with that has no bytes besides its fields. */
const NOTHING = undefined as never

const hexOf = (code: number): string => code.toString(16).padStart(4, '0')
const utf16 = (text: string): string =>
  Array.from({ length: text.length }, (_, at) => hexOf(text.charCodeAt(at))).join('')

/**
 * A font without letters, whose characters are their own codes: with it any word can lie beneath its outlines, in
 * every script, exactly as it was written.
 */
export function createWordLayer(doc: PDFKit.PDFDocument): WordLayer {
  const toUnicode = doc.ref({})
  /** Characters beyond the first 65,536 get codes where those have none of their own. */
  const extra = new Map<number, number>()
  function codeOf(point: number): number {
    if (point <= 0xffff) return point
    const code = extra.get(point) ?? FIRST_FREE + extra.size
    if (code > LAST_FREE) return 0xfffd
    extra.set(point, code)
    return code
  }
  const finish = () =>
    toUnicode.end(
      [
        '/CIDInit /ProcSet findresource begin 12 dict begin begincmap',
        '/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def',
        '/CMapName /Adobe-Identity-UCS def /CMapType 2 def',
        '1 begincodespacerange <0000> <FFFF> endcodespacerange',
        `2 beginbfrange <0000> <D7FF> <0000> <E000> <FFFF> <E000> endbfrange`,
        ...[...extra].map(
          ([point, code]) =>
            `1 beginbfchar <${hexOf(code)}> <${utf16(String.fromCodePoint(point))}> endbfchar`,
        ),
        'endcmap CMapName currentdict /CMap defineresource pop end end',
      ].join('\n'),
    )
  const descriptor = doc.ref({
    Type: 'FontDescriptor',
    FontName: 'Words',
    Flags: 4,
    FontBBox: [0, 0, CHARACTER_WIDTH, 1000],
    ItalicAngle: 0,
    Ascent: 1000,
    Descent: 0,
    CapHeight: 1000,
    StemV: 80,
  })
  descriptor.end(NOTHING)
  const descendant = doc.ref({
    Type: 'Font',
    Subtype: 'CIDFontType2',
    BaseFont: 'Words',
    CIDToGIDMap: 'Identity',
    CIDSystemInfo: { Registry: literal('Adobe'), Ordering: literal('Identity'), Supplement: 0 },
    FontDescriptor: descriptor,
    DW: CHARACTER_WIDTH,
  })
  descendant.end(NOTHING)
  const font = doc.ref({
    Type: 'Font',
    Subtype: 'Type0',
    BaseFont: 'Words',
    Encoding: 'Identity-H',
    DescendantFonts: [descendant],
    ToUnicode: toUnicode,
  })
  font.end(NOTHING)

  return {
    finish,
    write({ text, isRightToLeft, width }, x, baseline, size) {
      // Readers of documents turn what runs from right to left around by themselves.
      const seen = isRightToLeft ? Array.from(text).toReversed().join('') : text
      const { page } = doc as unknown as { page: { fonts: Record<string, unknown>; height: number } }
      page.fonts.Words = font
      const codes = Array.from(seen, (each) => codeOf(each.codePointAt(0) ?? 0))
      const natural = (codes.length * CHARACTER_WIDTH * size) / 1000
      const scale = natural === 0 ? 100 : (100 * width) / natural
      const hex = codes.map(hexOf).join('')
      doc.save().transform(1, 0, 0, -1, 0, page.height)
      doc.addContent(
        `BT 3 Tr ${scale.toFixed(3)} Tz /Words ${size} Tf 1 0 0 1 ${x.toFixed(3)} ${(page.height - baseline).toFixed(3)} Tm <${hex}> Tj ET`,
      )
      doc.restore()
    },
  }
}

/** Draws a line whose letters stand on `baseline`, points from the top of the page. */
export function drawLine(
  doc: PDFKit.PDFDocument,
  words: WordLayer,
  line: Line,
  {
    left,
    baseline,
    width,
    size,
    colour,
  }: { left: number; baseline: number; width: number; size: number; colour: string },
): void {
  let x = line.isRightToLeft ? left + width - line.width : left
  for (const run of line.runs) {
    if (run.typeface.drawnAs === 'text') writeRun(doc, run, { x, baseline, size, colour })
    else {
      drawRun(doc, run, { x, baseline, size, colour })
      words.write(run, x, baseline, size)
    }
    x += run.width
  }
}

interface Place {
  x: number
  baseline: number
  size: number
  colour: string
}

function writeRun(doc: PDFKit.PDFDocument, run: Run, { x, baseline, size, colour }: Place): void {
  doc
    .font(run.typeface.name)
    .fontSize(size)
    .fillColor(colour)
    .text(run.drawn, x, baseline, { lineBreak: false, baseline: 'alphabetic', features: [] })
}

function drawRun(doc: PDFKit.PDFDocument, run: Run, { x, baseline, size, colour }: Place): void {
  const { font } = run.typeface
  const scale = size / font.unitsPerEm
  const direction = run.isRightToLeft ? 'rtl' : 'ltr'
  const { glyphs, positions } = font.layout(run.drawn, undefined, undefined, undefined, direction)
  let at = 0
  for (const [index, glyph] of glyphs.entries()) {
    const { xAdvance = 0, xOffset = 0, yOffset = 0 } = positions[index] ?? {}
    const outline = glyph.path.toSVG()
    if (outline !== '') {
      doc.save()
      doc.transform(scale, 0, 0, -scale, x + (at + xOffset) * scale, baseline - yOffset * scale)
      doc.path(outline).fill(colour)
      doc.restore()
    }
    at += xAdvance
  }
}
