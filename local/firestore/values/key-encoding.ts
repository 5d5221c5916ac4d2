/**
 * Strings of the characters 0x00–0xff that sort as bytes. Each encoding below is prefix-free, so that keys can be
 * joined one after another and still sort by the first, then the second, and so on.
 */

/** Sorts after every key that starts with what stands before it: no encoded character reaches it. */
export const AFTER = '\u0100'

const ASCII = /^\p{ASCII}*$/u
const END = '\u0000\u0001'

/** Text in the order of its UTF-8 bytes, as Firestore sorts it. */
export function encodeText(text: string): string {
  return ASCII.test(text) && !text.includes('\u0000') ? text + END : encodeBytes(Buffer.from(text, 'utf8'))
}

/** Bytes in their own order, a shorter run before a longer one that it starts. */
export function encodeBytes(bytes: Uint8Array): string {
  const raw = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
  return (raw.includes('\u0000') ? raw.replaceAll('\u0000', '\u0000\u00ff') : raw) + END
}

const scratch = Buffer.alloc(8)

/** A double that is not NaN, in numeric order; both zeros are one. */
export function encodeDouble(value: number): string {
  scratch.writeDoubleBE(value === 0 ? 0 : value)
  const negative = (scratch[0] ?? 0) >= 0x80
  for (let index = 0; index < 8; index++) {
    const byte = scratch[index] ?? 0
    scratch[index] = negative ? 0xff - byte : index === 0 ? byte | 0x80 : byte
  }
  return scratch.toString('latin1')
}

/** A signed 64-bit integer in numeric order. */
export function encodeInt64(value: bigint): string {
  scratch.writeBigUInt64BE(BigInt.asUintN(64, value + 0x8000000000000000n))
  return scratch.toString('latin1')
}

/** An unsigned integer below 2^16. */
export const encodeUint16 = (value: number): string => String.fromCharCode(value >> 8, value & 0xff)

/** An unsigned integer below 2^32. */
export const encodeUint32 = (value: number): string =>
  encodeUint16(Math.floor(value / 0x10000)) + encodeUint16(value % 0x10000)

/** The same key in descending order. */
export function invertKey(key: string): string {
  const bytes = Buffer.from(key, 'latin1')
  for (let index = 0; index < bytes.length; index++) bytes[index] = 0xff - (bytes[index] ?? 0)
  return bytes.toString('latin1')
}

/** The order of two keys, for sorts and trees. */
export const compareKeys = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0)
