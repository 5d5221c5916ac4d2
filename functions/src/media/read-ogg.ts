import { NotAudio } from './not-audio.ts'
import type { Recording } from './prepared.ts'

interface Page {
  flags: number
  granule: bigint
  serial: number
  /** The lacing values and the body, as they are. */
  lacing: Buffer
  body: Buffer
}

const OPUS_RATE = 48_000n

/**
 * Ogg with one Opus stream (RFC 7845): its comment header, which stands on pages of its own, is replaced by an empty
 * one; the pages of sound stay as they are but for their numbers.
 */
export function readOgg(bytes: Buffer): Recording {
  const pages = [...pagesOf(bytes)]
  const [head, ...rest] = pages
  if (head?.body.toString('latin1', 0, 8) !== 'OpusHead') throw new NotAudio('not Opus')
  if (pages.some(({ serial }) => serial !== head.serial)) throw new NotAudio('more than one stream')
  const comments = rest.findIndex(({ lacing }) => (lacing.at(-1) ?? 255) < 255) + 1
  if (comments === 0 || rest[0]?.body.toString('latin1', 0, 8) !== 'OpusTags')
    throw new NotAudio('no comment header')
  // Vendor string and list of comments, both empty.
  const empty = Buffer.concat([Buffer.from('OpusTags'), Buffer.alloc(8)])
  const sound = rest.slice(comments)
  const last = sound.at(-1)
  if (last === undefined) throw new NotAudio('without sound')
  const tags: Page = { ...head, flags: 0, granule: 0n, lacing: Buffer.from([empty.length]), body: empty }
  const skipped = BigInt(head.body.readUInt16LE(10))
  const heard = last.granule > skipped ? last.granule - skipped : 0n
  return {
    content_type: 'audio/ogg',
    duration_ms: Number((heard * 1_000n) / OPUS_RATE),
    data: Buffer.concat([head, tags, ...sound].map(writePage)),
  }
}

function* pagesOf(bytes: Buffer): Generator<Page> {
  for (let at = 0; at < bytes.length;) {
    if (bytes.toString('latin1', at, at + 4) !== 'OggS') throw new NotAudio('no page')
    const count = bytes.readUInt8(at + 26)
    const lacing = bytes.subarray(at + 27, at + 27 + count)
    const start = at + 27 + count
    const length = lacing.reduce((sum, value) => sum + value, 0)
    const body = bytes.subarray(start, start + length)
    if (lacing.length < count || body.length < length) throw new NotAudio('a page that breaks off')
    yield {
      flags: bytes.readUInt8(at + 5),
      granule: bytes.readBigInt64LE(at + 6),
      serial: bytes.readUInt32LE(at + 14),
      lacing,
      body,
    }
    at = start + length
  }
}

function writePage({ flags, granule, serial, lacing, body }: Page, sequence: number): Buffer {
  const head = Buffer.alloc(27)
  head.write('OggS', 'latin1')
  head.writeUInt8(flags, 5)
  head.writeBigInt64LE(granule, 6)
  head.writeUInt32LE(serial, 14)
  head.writeUInt32LE(sequence, 18)
  head.writeUInt8(lacing.length, 26)
  const page = Buffer.concat([head, lacing, body])
  page.writeUInt32LE(checksum(page), 22)
  return page
}

const TABLE = Array.from({ length: 256 }, (_, byte) => {
  let value = byte << 24
  for (let bit = 0; bit < 8; bit += 1) value = value & 0x80000000 ? (value << 1) ^ 0x04c11db7 : value << 1
  return value >>> 0
})

/** CRC-32 as Ogg has it: not reflected, and without a final inversion. */
function checksum(page: Buffer): number {
  let crc = 0
  for (const byte of page) crc = ((crc << 8) ^ (TABLE[((crc >>> 24) ^ byte) & 255] ?? 0)) >>> 0
  return crc
}
