import { NotAudio } from './not-audio.ts'
import type { Recording } from './prepared.ts'

/** RIFF/WAVE: keeps the format and the sound, and no other chunk (LIST, id3, bext …). */
export function readWav(bytes: Buffer): Recording {
  const kept = new Map<string, Buffer>()
  for (let at = 12; at + 8 <= bytes.length;) {
    const name = bytes.toString('latin1', at, at + 4)
    const length = bytes.readUInt32LE(at + 4)
    const body = bytes.subarray(at + 8, at + 8 + length)
    if (body.length < length && name !== 'data') throw new NotAudio('a chunk that breaks off')
    if ((name === 'fmt ' || name === 'data' || name === 'fact') && !kept.has(name)) kept.set(name, body)
    at += 8 + length + (length % 2)
  }
  const format = kept.get('fmt ')
  const sound = kept.get('data')
  if (format === undefined || sound === undefined) throw new NotAudio('without format or sound')
  const bytesPerSecond = format.readUInt32LE(8)
  if (bytesPerSecond === 0) throw new NotAudio('without a rate')
  const order = ['fmt ', 'fact', 'data'].flatMap((name) => {
    const body = kept.get(name)
    return body === undefined ? [] : [chunk(name, body)]
  })
  const body = Buffer.concat([Buffer.from('WAVE'), ...order])
  return {
    content_type: 'audio/wav',
    duration_ms: Math.round((sound.length / bytesPerSecond) * 1_000),
    data: chunk('RIFF', body),
  }
}

function chunk(name: string, body: Buffer): Buffer {
  const head = Buffer.alloc(8)
  head.write(name, 'latin1')
  head.writeUInt32LE(body.length, 4)
  return Buffer.concat([head, body, Buffer.alloc(body.length % 2)])
}
