import { NotAudio } from './not-audio.ts'
import type { Recording } from './prepared.ts'

interface Box {
  type: string
  at: number
  /** Where its content begins and ends. */
  start: number
  end: number
}

/** Boxes with user data: titles, places, covers. Others' own data (`uuid`) is anybody's guess. */
const TOLD = new Set(['udta', 'meta', 'uuid', 'ilst', 'free', 'skip'])
const MAX_DEPTH = 4
const PARENTS = new Set(['moov', 'trak', 'mdia', 'minf', 'moof', 'traf'])

/**
 * MP4 (M4A) with sound alone: what tells of its maker is overwritten by empty space of the same size, so that no place
 * in the file moves. Refuses a file with pictures.
 */
export function readMp4(bytes: Buffer): Recording {
  const data = Buffer.from(bytes)
  let tracks = 0
  let duration: number | undefined
  const visit = (from: number, to: number, depth: number): void => {
    for (const box of boxesOf(data, from, to)) {
      if (TOLD.has(box.type)) empty(data, box)
      else if (box.type === 'hdlr') {
        if (data.toString('latin1', box.start + 8, box.start + 12) !== 'soun')
          throw new NotAudio('not only sound')
        // The handler's name is free text.
        data.fill(0, box.start + 24, box.end)
        tracks += 1
      } else if (box.type === 'mvhd') duration = durationOf(data, box)
      else if (PARENTS.has(box.type)) {
        if (depth === MAX_DEPTH) throw new NotAudio('too deep')
        visit(box.start, box.end, depth + 1)
      }
    }
  }
  visit(0, data.length, 0)
  if (tracks === 0) throw new NotAudio('without a track')
  return { content_type: 'audio/mp4', ...(duration && { duration_ms: duration }), data }
}

function* boxesOf(bytes: Buffer, from: number, to: number): Generator<Box> {
  for (let at = from; at + 8 <= to;) {
    const size = bytes.readUInt32BE(at)
    const isLarge = size === 1
    const length = size === 0 ? to - at : isLarge ? Number(bytes.readBigUInt64BE(at + 8)) : size
    const start = at + (isLarge ? 16 : 8)
    const end = at + length
    if (end > to || end < start) throw new NotAudio('a box that breaks off')
    yield { type: bytes.toString('latin1', at + 4, at + 8), at, start, end }
    at = end
  }
}

function empty(bytes: Buffer, { at, start, end }: Box): void {
  bytes.write('free', at + 4, 'latin1')
  bytes.fill(0, start, end)
}

/** ms; undefined for a file that was written while it was recorded, which does not know. */
function durationOf(bytes: Buffer, { start }: Box): number | undefined {
  const isLong = bytes.readUInt8(start) === 1
  const scale = bytes.readUInt32BE(start + (isLong ? 20 : 12))
  const length = isLong ? Number(bytes.readBigUInt64BE(start + 24)) : bytes.readUInt32BE(start + 16)
  return scale === 0 || length === 0 || length === 0xffffffff
    ? undefined
    : Math.round((length / scale) * 1_000)
}
