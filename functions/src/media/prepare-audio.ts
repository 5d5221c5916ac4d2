import { AppError } from '../platform/errors.ts'
import { NotAudio } from './not-audio.ts'
import { readMp3 } from './read-mp3.ts'
import { readMp4 } from './read-mp4.ts'
import { readOgg } from './read-ogg.ts'
import { readWav } from './read-wav.ts'
import { readWebm } from './read-webm.ts'
import type { Prepared, Recording } from './prepared.ts'

/** Reads a recording of one type. @throws RangeError or NotAudio when it is none. */
export type AudioReader = (bytes: Buffer) => Recording

/** By what the content was found to be. MP4 and WebM may hold pictures too; their readers refuse those that do. */
export const AUDIO_READERS: Readonly<Record<string, AudioReader>> = {
  'audio/mpeg': readMp3,
  'audio/wav': readWav,
  'audio/vnd.wave': readWav,
  'audio/ogg': readOgg,
  'audio/ogg; codecs=opus': readOgg,
  'audio/webm': readWebm,
  'video/webm': readWebm,
  'audio/mp4': readMp4,
  'audio/x-m4a': readMp4,
  'video/mp4': readMp4,
}

/**
 * Takes out of a recording what may tell of its maker: ID3, APE and Vorbis comments, RIFF lists, iTunes and QuickTime
 * user data, Matroska tags and attachments. The sound itself is kept byte by byte. What an encoder hides within its own
 * frames (its name, in MP3 and Opus padding) stays.
 *
 * @throws AppError `unsupported-media` when it cannot be read to its end, or holds more than sound.
 */
export function prepareAudio(bytes: Buffer, read: AudioReader): Extract<Prepared, { kind: 'audio' }> {
  try {
    return { kind: 'audio', ...read(bytes) }
  } catch (cause) {
    // Offsets of hostile bytes lead out of the buffer, which Node answers with a RangeError.
    if (!(cause instanceof RangeError || cause instanceof NotAudio)) throw cause
    throw new AppError('unsupported-media', 'This recording cannot be read', {
      cause,
      details: { reason: 'unreadable' },
    })
  }
}
