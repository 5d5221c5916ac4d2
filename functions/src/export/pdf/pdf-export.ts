import { once } from 'node:events'
import type { Writable } from 'node:stream'
// The types know the default export only.
// oxlint-disable-next-line import/no-named-as-default
import PDFDocument from 'pdfkit'
import { whenAborted } from '../../streaming/live-rooms.ts'
import type { ConversationExport } from '../schema.ts'
import { createWordLayer, drawLine } from './draw-line.ts'
import { typefaces } from './fonts.ts'
import { linesOf } from './lines.ts'
import { type Block, blocksOf } from './blocks.ts'

const MARGIN = 48
const FOOTER = 40
const SIZES = { title: 17, heading: 12, label: 8.5, body: 10.5 } as const
const COLOURS = { title: '#111111', heading: '#1c4f8f', label: '#4a4a4a', body: '#111111' } as const

/**
 * Prints an export on pages as it is written out, so that a long conversation is never whole in memory. Each page has its
 * number and the digest by which the JSON of the same export is known.
 *
 * @param signal aborts when nobody reads any more
 */
export async function writePdf(record: ConversationExport, to: Writable, signal: AbortSignal): Promise<void> {
  const at = new Date(record.exported.at)
  const doc = new PDFDocument({
    size: 'A4',
    margins: { top: MARGIN, left: MARGIN, right: MARGIN, bottom: 0 },
    autoFirstPage: false,
    lang: 'en',
    displayTitle: true,
    info: {
      Title: `Conversation ${record.conversation.conversation_id}`,
      Producer: 'Lifeline',
      Creator: 'Lifeline',
      CreationDate: at,
      ModDate: at,
    },
  })
  for (const { name, data } of typefaces()) doc.registerFont(name, data)
  const words = createWordLayer(doc)
  const ended = once(to, 'close')
  doc.pipe(to)
  let pages = 0
  let y = 0
  const width = 595.28 - 2 * MARGIN
  const bottom = 841.89 - MARGIN - FOOTER

  function line(text: string, size: number, colour: string, top: number): void {
    const [first] = linesOf(text, size, width)
    if (first) drawLine(doc, words, first, { left: MARGIN, baseline: top, width, size, colour })
  }
  function turnPage(): void {
    doc.addPage()
    pages += 1
    y = MARGIN
    const { conversation, digest, exported } = record
    line(
      `${conversation.conversation_id} · exported ${exported.at} · page ${pages}`,
      7.5,
      '#4a4a4a',
      841.89 - 40,
    )
    line(`SHA-256 ${digest.whole}`, 7.5, '#4a4a4a', 841.89 - 28)
  }
  function print({ style, text, indent = 0, gap = 0 }: Block): void {
    const size = SIZES[style]
    y += gap
    for (const each of linesOf(text, size, width - indent)) {
      if (y + size * 1.5 > bottom) turnPage()
      y += size * 1.5
      drawLine(doc, words, each, {
        left: MARGIN + indent,
        baseline: y - size * 0.4,
        width: width - indent,
        size,
        colour: COLOURS[style],
      })
    }
  }

  turnPage()
  for (const block of blocksOf(record)) {
    if (signal.aborted) break
    // A heading with nothing below it belongs on the next page.
    if (block.keepWithNext && y + 60 > bottom) turnPage()
    print(block)
    await readerOf(to, signal)
  }
  words.finish()
  doc.end()
  await Promise.race([ended, aborted(signal)])
}

/** Lets others have their turn, and waits for a reader who is behind. */
async function readerOf(to: Writable, signal: AbortSignal): Promise<void> {
  await new Promise((resolve) => void setImmediate(resolve))
  if (to.writableNeedDrain && !signal.aborted) await Promise.race([once(to, 'drain'), aborted(signal)])
}

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    whenAborted(signal, resolve)
  })
