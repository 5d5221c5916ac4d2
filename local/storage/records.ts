import { crc32 } from 'node:zlib'

import { DamagedFileError } from './damaged-file-error.ts'

/** Payload length, checksum of those four bytes, checksum of the payload; each 32 bits, big-endian. */
const headerBytes = 12

/** One record, ready to be appended to a file. */
export function encodeRecord(body: Buffer): Buffer {
  const record = Buffer.alloc(headerBytes + body.length)
  record.writeUInt32BE(body.length, 0)
  record.writeUInt32BE(crc32(record.subarray(0, 4)), 4)
  record.writeUInt32BE(crc32(body), 8)
  body.copy(record, headerBytes)
  return record
}

/** The payloads of a file, and how many of its bytes they take: less than all when the last record is torn. */
export interface RecordFile {
  readonly payloads: readonly Buffer[]
  readonly validBytes: number
}

/**
 * Reads records up to the end, or up to one that a crash cut off: only part of it was written, or the file system
 * left zeros in its place.
 * @throws DamagedFileError when anything else is wrong, such as bytes that changed in the middle.
 */
export function decodeRecords(bytes: Buffer, fileName: string): RecordFile {
  const payloads: Buffer[] = []
  let at = 0
  while (at < bytes.length) {
    const end = recordEnd(bytes, at)
    if (end === 'damaged') throw new DamagedFileError(`${fileName} is damaged at byte ${at}`)
    if (end === 'torn') break
    payloads.push(bytes.subarray(at + headerBytes, end))
    at = end
  }
  return { payloads, validBytes: at }
}

function recordEnd(bytes: Buffer, at: number): number | 'torn' | 'damaged' {
  const left = bytes.length - at
  if (left < headerBytes) return 'torn'
  const length = bytes.readUInt32BE(at)
  if (crc32(bytes.subarray(at, at + 4)) !== bytes.readUInt32BE(at + 4)) {
    return bytes.subarray(at).every((byte) => byte === 0) ? 'torn' : 'damaged'
  }
  const end = at + headerBytes + length
  if (end > bytes.length) return 'torn'
  if (crc32(bytes.subarray(at + headerBytes, end)) === bytes.readUInt32BE(at + 8)) return end
  return end === bytes.length ? 'torn' : 'damaged'
}
