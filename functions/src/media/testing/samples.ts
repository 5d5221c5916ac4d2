import { crc32, deflateSync } from 'node:zlib'
import sharp from 'sharp'

/** Media as devices and attackers make it, built anew so that nothing has to be kept as a file. */

/** A JPEG as a phone takes it: lying on its side, with place, device and owner in its EXIF. */
export const phonePhoto = (width = 320, height = 200): Promise<Buffer> =>
  sharp({ create: { width, height, channels: 3, background: '#336699' } })
    .jpeg()
    .withExif({
      IFD0: { Make: 'Secretphone', Artist: 'Ravi Kumar' },
      IFD3: {
        GPSLatitudeRef: 'N',
        GPSLatitude: '12/1 58/1 0/1',
        GPSLongitudeRef: 'E',
        GPSLongitude: '77/1 35/1 0/1',
      },
    })
    .withMetadata({ orientation: 6 })
    .toBuffer()

/** A PNG of some kilobytes that unpacks to `side` times `side` pixels: one bit each, all of them black. */
export function imageBomb(side = 9_000): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(side)
  header.writeUInt32BE(side, 4)
  header.writeUInt8(1, 8)
  const rows = Buffer.alloc(side * (1 + Math.ceil(side / 8)))
  const chunks = [
    ['IHDR', header],
    ['IDAT', deflateSync(rows)],
    ['IEND', Buffer.alloc(0)],
  ] as const
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([signature, ...chunks.map(([name, body]) => pngChunk(name, body))])
}

function pngChunk(name: string, body: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(name), body])
  const length = Buffer.alloc(4)
  length.writeUInt32BE(body.length)
  const checksum = Buffer.alloc(4)
  checksum.writeUInt32BE(crc32(named))
  return Buffer.concat([length, named, checksum])
}

const named = (name: string, body: Buffer, big: boolean): Buffer => {
  const head = Buffer.alloc(8)
  if (big) {
    head.writeUInt32BE(body.length + 8)
    head.write(name, 4, 'latin1')
  } else {
    head.write(name, 'latin1')
    head.writeUInt32LE(body.length, 4)
  }
  return Buffer.concat([head, body])
}

/** One second of silence with a RIFF list that names an artist. */
export function wav(): Buffer {
  const format = Buffer.alloc(16)
  format.writeUInt16LE(1)
  format.writeUInt16LE(1, 2)
  format.writeUInt32LE(8_000, 4)
  format.writeUInt32LE(16_000, 8)
  format.writeUInt16LE(2, 12)
  format.writeUInt16LE(16, 14)
  const list = named('LIST', Buffer.from('INFOIART\x0a\0\0\0Ravi Kumar'), false)
  const chunks = [named('fmt ', format, false), list, named('data', Buffer.alloc(16_000, 7), false)]
  return named('RIFF', Buffer.concat([Buffer.from('WAVE'), ...chunks]), false)
}

/** Forty frames of MPEG 1 layer III at 128 kbit/s and 44.1 kHz, between an ID3v2 and an ID3v1 tag. */
export function mp3(): Buffer {
  const frame = Buffer.alloc(417)
  frame.writeUInt32BE(0xfffb9000)
  const before = Buffer.concat([
    Buffer.from('ID3\x04\0\0\0\0\0\x20', 'latin1'),
    Buffer.from('TPE1 Ravi Kumar'.padEnd(32)),
  ])
  const after = Buffer.from('TAGRavi Kumar'.padEnd(128))
  return Buffer.concat([before, ...Array<Buffer>(40).fill(frame), after])
}

/** Ogg Opus of one second; its comments name an artist. Checksums are left out, as readers here do not ask for them. */
export function oggOpus(): Buffer {
  const head = Buffer.alloc(19)
  head.write('OpusHead')
  head.writeUInt8(1, 8)
  head.writeUInt8(1, 9)
  head.writeUInt16LE(312, 10)
  head.writeUInt32LE(48_000, 12)
  const artist = 'ARTIST=Ravi Kumar'
  const tags = Buffer.alloc(20 + artist.length)
  tags.write('OpusTags')
  tags.writeUInt32LE(1, 12)
  tags.writeUInt32LE(artist.length, 16)
  tags.write(artist, 20)
  return Buffer.concat([page(2, 0n, head), page(0, 0n, tags), page(4, 48_312n, Buffer.alloc(200, 3))])
}

function page(flags: number, granule: bigint, body: Buffer): Buffer {
  const head = Buffer.alloc(28)
  head.write('OggS')
  head.writeUInt8(flags, 5)
  head.writeBigInt64LE(granule, 6)
  head.writeUInt32LE(77, 14)
  head.writeUInt8(1, 26)
  head.writeUInt8(body.length, 27)
  return Buffer.concat([head, body])
}

const element = (id: number[], body: Buffer): Buffer => {
  const size = Buffer.alloc(4)
  size.writeUInt32BE(0x10000000 + body.length)
  return Buffer.concat([Buffer.from(id), size, body])
}

/** WebM of one second with tags that name an artist; `trackType` 1 is a picture. */
export function webm({ trackType = 2 } = {}): Buffer {
  const block = Buffer.from([0x81, 0x03, 0xe8, 0x80, 1, 2, 3])
  const parts = [
    element([0x15, 0x49, 0xa9, 0x66], element([0x7b, 0xa9], Buffer.from('Ravi Kumar'))),
    element(
      [0x16, 0x54, 0xae, 0x6b],
      element(
        [0xae],
        Buffer.concat([element([0xd7], Buffer.from([1])), element([0x83], Buffer.from([trackType]))]),
      ),
    ),
    element([0x12, 0x54, 0xc3, 0x67], element([0x73, 0x73], Buffer.from('ARTIST Ravi Kumar'))),
    element(
      [0x1f, 0x43, 0xb6, 0x75],
      Buffer.concat([element([0xe7], Buffer.from([0])), element([0xa3], block)]),
    ),
  ]
  const type = element([0x1a, 0x45, 0xdf, 0xa3], element([0x42, 0x82], Buffer.from('webm')))
  // A segment of unknown length, as it is while one records.
  return Buffer.concat([
    type,
    Buffer.from([0x18, 0x53, 0x80, 0x67, 0x01, ...Array<number>(7).fill(0xff)]),
    ...parts,
  ])
}

/** M4A of two seconds whose user data names a place; `handler` `vide` is a picture. */
export function m4a({ handler = 'soun' } = {}): Buffer {
  const header = Buffer.alloc(100)
  header.writeUInt32BE(1_000, 12)
  header.writeUInt32BE(2_000, 16)
  const hdlr = Buffer.concat([
    Buffer.alloc(8),
    Buffer.from(handler),
    Buffer.alloc(12),
    Buffer.from('Ravi Kumar\0'),
  ])
  const place = named('udta', named('\xa9xyz', Buffer.from('+12.97+077.59/'), true), true)
  const track = named('trak', named('mdia', named('hdlr', hdlr, true), true), true)
  return Buffer.concat([
    named('ftyp', Buffer.from('M4A \0\0\0\0M4A isom'), true),
    named('moov', Buffer.concat([named('mvhd', header, true), track, place]), true),
    named('mdat', Buffer.alloc(64, 5), true),
  ])
}

/** The head of a photo as iPhones save it, which is all that is ever looked at. */
export function heic(brand = 'heic'): Buffer {
  const head = Buffer.from(`\0\0\0\x18ftyp${brand}\0\0\0\0mif1heic`, 'latin1')
  return Buffer.concat([head, Buffer.alloc(4_000)])
}
