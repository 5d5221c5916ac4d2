import { NotAudio } from './not-audio.ts'
import type { Recording } from './prepared.ts'

// kbit/s of layer III by index: MPEG 1, then MPEG 2 and 2.5 (ISO 11172-3 and 13818-3).
const RATES_1 = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320]
const RATES_2 = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160]
const SAMPLES_PER_SECOND = [44_100, 48_000, 32_000]

/** MPEG layer III: keeps the frames of sound and nothing that stands before, between or behind them (ID3, APE …). */
export function readMp3(bytes: Buffer): Recording {
  const frames: Buffer[] = []
  let seconds = 0
  for (let at = 0; at + 4 <= bytes.length;) {
    const tag = tagLength(bytes, at)
    if (tag > 0) {
      at += tag
      continue
    }
    const frame = frameAt(bytes, at)
    // A frame is believed when another one follows, or the end: any two bytes may look like its beginning.
    if (frame === undefined || !endsWell(bytes, at + frame.length)) {
      at += 1
      continue
    }
    frames.push(bytes.subarray(at, at + frame.length))
    seconds += frame.seconds
    at += frame.length
  }
  if (frames.length < 2) throw new NotAudio('hardly a frame')
  return { content_type: 'audio/mpeg', duration_ms: Math.round(seconds * 1_000), data: Buffer.concat(frames) }
}

const endsWell = (bytes: Buffer, at: number): boolean =>
  at === bytes.length ||
  frameAt(bytes, at) !== undefined ||
  tagLength(bytes, at) > 0 ||
  (at < bytes.length && bytes.length - at <= 4)

function frameAt(bytes: Buffer, at: number): { length: number; seconds: number } | undefined {
  if (at + 4 > bytes.length) return undefined
  const head = bytes.readUInt32BE(at)
  if (head >>> 21 !== 0x7ff) return undefined
  const version = (head >>> 19) & 3
  const layer = (head >>> 17) & 3
  const isFirst = version === 3
  const kilobits = (isFirst ? RATES_1 : RATES_2)[(head >>> 12) & 15]
  const base = SAMPLES_PER_SECOND[(head >>> 10) & 3]
  if (version === 1 || layer !== 1 || !kilobits || base === undefined) return undefined
  const rate = isFirst ? base : version === 2 ? base / 2 : base / 4
  const samples = isFirst ? 1_152 : 576
  const length = Math.floor((samples / 8) * ((kilobits * 1_000) / rate)) + ((head >>> 9) & 1)
  return at + length <= bytes.length ? { length, seconds: samples / rate } : undefined
}

/** Length of the ID3v2, ID3v1 or APE tag that begins here; 0 for none. */
function tagLength(bytes: Buffer, at: number): number {
  const name = bytes.toString('latin1', at, at + 8)
  if (name.startsWith('ID3') && at + 10 <= bytes.length) {
    const [a = 0, b = 0, c = 0, d = 0] = bytes.subarray(at + 6, at + 10)
    const footer = ((bytes[at + 5] ?? 0) & 0x10) === 0 ? 0 : 10
    return 10 + footer + (((a & 127) << 21) | ((b & 127) << 14) | ((c & 127) << 7) | (d & 127))
  }
  if (name.startsWith('TAG') && bytes.length - at === 128) return 128
  if (name === 'APETAGEX' && at + 32 <= bytes.length) return 32 + bytes.readUInt32LE(at + 12)
  return 0
}
