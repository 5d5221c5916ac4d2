import { ProtocolError } from './protocol-error.ts'

/** Longer text travels in several frames of at most this many UTF-16 units, behind one that says how many. */
const segmentLength = 16_384

/** No message is longer: the longest write that clients send is 16 MB. */
const maxMessageLength = 64 * 1024 * 1024
const maxSegments = maxMessageLength / segmentLength

const countFrame = /^\d{1,6}$/
const keepAlive = '0'

/** Puts the frames of one connection together to messages; holds no more than what has come in. */
export class FrameReader {
  #segments: string[] = []
  #length = 0
  #expected = 0

  /**
   * Takes one frame; returns the message that it completes, or null.
   * @throws ProtocolError for a message longer than any client sends.
   */
  read(frame: string): string | null {
    if (this.#expected === 0) return this.#readFirst(frame)
    this.#length += frame.length
    if (this.#length > maxMessageLength) throw new ProtocolError('Message too long')
    this.#segments.push(frame)
    if (this.#segments.length < this.#expected) return null
    const message = this.#segments.join('')
    this.#segments = []
    this.#length = 0
    this.#expected = 0
    return message
  }

  #readFirst(frame: string): string | null {
    if (frame === keepAlive) return null
    if (!countFrame.test(frame)) return frame
    const count = Number(frame)
    if (count > maxSegments) throw new ProtocolError('Message of too many frames')
    this.#expected = count
    return null
  }
}

/** The frames that carry a message. No surrogate pair is cut in two: each frame is encoded by itself. */
export function toFrames(message: string): string[] {
  if (message.length <= segmentLength) return [message]
  const segments: string[] = []
  let from = 0
  while (from < message.length) {
    let to = Math.min(from + segmentLength, message.length)
    const last = message.charCodeAt(to - 1)
    if (to < message.length && last >= 0xd800 && last <= 0xdbff) to -= 1
    segments.push(message.slice(from, to))
    from = to
  }
  return [String(segments.length), ...segments]
}
