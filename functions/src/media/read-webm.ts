import { NotAudio } from './not-audio.ts'
import type { Recording } from './prepared.ts'

/** Matroska's names of elements (RFC 9559), as far as they matter here. */
const ID = {
  segment: 0x18538067,
  info: 0x1549a966,
  scale: 0x2ad7b1,
  duration: 0x4489,
  tracks: 0x1654ae6b,
  track: 0xae,
  trackType: 0x83,
  cluster: 0x1f43b675,
  clusterTime: 0xe7,
  simpleBlock: 0xa3,
  blockGroup: 0xa0,
  block: 0xa1,
}
/** What may tell of its maker: tags, attached files, chapters, title, date, and the names of segment and track. */
const TOLD = new Set([0x1254c367, 0x1941a469, 0x1043a770, 0x7ba9, 0x4461, 0x7384, 0x536e])
const PARENTS = new Set([ID.segment, ID.info, ID.tracks, ID.track, ID.cluster, ID.blockGroup])
const AUDIO = 2
/** Of which the top levels may not know their own length while they are recorded. */
const UNKNOWN = -1

/**
 * WebM with sound alone: what tells of its maker is overwritten by empty space of the same size. Refuses a file with
 * pictures.
 */
export function readWebm(bytes: Buffer): Recording {
  const data = Buffer.from(bytes)
  let scale = 1_000_000
  let stated: number | undefined
  let cluster = 0
  let latest = 0
  let tracks = 0
  let sounds = 0
  for (let at = 0; at < data.length;) {
    const id = readId(data, at)
    const size = readSize(data, at + id.length)
    const start = at + id.length + size.length
    const end = size.value === UNKNOWN ? data.length : start + size.value
    if (end > data.length && id.value !== ID.segment && id.value !== ID.cluster)
      throw new NotAudio('breaks off')
    if (TOLD.has(id.value)) voidOut(data, at, end)
    else if (id.value === ID.scale) scale = readNumber(data, start, end)
    else if (id.value === ID.duration)
      stated = end - start === 4 ? data.readFloatBE(start) : data.readDoubleBE(start)
    else if (id.value === ID.track) tracks += 1
    else if (id.value === ID.trackType) {
      if (readNumber(data, start, end) !== AUDIO) throw new NotAudio('not only sound')
      sounds += 1
    } else if (id.value === ID.clusterTime) cluster = readNumber(data, start, end)
    else if (id.value === ID.simpleBlock || id.value === ID.block) {
      const time = cluster + data.readInt16BE(start + readSize(data, start).length)
      latest = Math.max(latest, time)
    }
    // Into what holds others, and past everything else.
    at = PARENTS.has(id.value) ? start : end
  }
  if (tracks === 0 || sounds !== tracks) throw new NotAudio('without a track of sound')
  const duration = Math.round(((stated ?? latest) * scale) / 1_000_000)
  return { content_type: 'audio/webm', ...(duration > 0 && { duration_ms: duration }), data }
}

function readId(bytes: Buffer, at: number): { value: number; length: number } {
  const length = Math.clz32(bytes.readUInt8(at)) - 23
  if (length > 4) throw new NotAudio('no element')
  return { value: bytes.readUIntBE(at, length), length }
}

function readSize(bytes: Buffer, at: number): { value: number; length: number } {
  const first = bytes.readUInt8(at)
  const length = Math.clz32(first) - 23
  if (length > 8) throw new NotAudio('no size')
  let value = first & ((1 << (8 - length)) - 1)
  let isUnknown = value === (1 << (8 - length)) - 1
  for (let index = 1; index < length; index += 1) {
    const byte = bytes.readUInt8(at + index)
    isUnknown &&= byte === 0xff
    value = value * 256 + byte
  }
  return { value: isUnknown ? UNKNOWN : value, length }
}

function readNumber(bytes: Buffer, start: number, end: number): number {
  if (end <= start || end - start > 6) throw new NotAudio('no number')
  return bytes.readUIntBE(start, end - start)
}

/** Makes an element a Void of the same size, by a size of its own that fills up to eight bytes. */
function voidOut(bytes: Buffer, at: number, end: number): void {
  bytes.fill(0, at, end)
  bytes.writeUInt8(0xec, at)
  const room = end - at
  if (room < 10) {
    bytes.writeUInt8(0x80 | (room - 2), at + 1)
    return
  }
  bytes.writeUInt8(0x01, at + 1)
  bytes.writeUIntBE(room - 9, at + 3, 6)
}
