import { fileTypeFromBuffer } from 'file-type'
import type { MediaConfig } from '../platform/config-media.ts'
import { AppError } from '../platform/errors.ts'
import { AUDIO_READERS, prepareAudio } from './prepare-audio.ts'
import { IMAGE_FORMATS, prepareImage } from './prepare-image.ts'
import type { Prepared } from './prepared.ts'

/**
 * Looks into bytes that somebody has sent and makes of them what may be stored and shown: images are drawn anew
 * (`prepareImage`), recordings lose what they tell beside their sound (`prepareAudio`). What something is, its content
 * decides; names and headers are not asked.
 *
 * @param accept what is wanted here
 * @throws AppError `unsupported-media` for everything else, whatever it calls itself, `too-large` past the limits of
 * `config`, `invalid-input` for nothing at all.
 */
export async function prepareMedia<K extends Prepared['kind']>(
  bytes: Buffer,
  accept: readonly K[],
  config: MediaConfig,
): Promise<Extract<Prepared, { kind: K }>> {
  if (bytes.length === 0) throw new AppError('invalid-input', 'Nothing was sent')
  const type = (await fileTypeFromBuffer(bytes))?.mime ?? 'unknown'
  const wanted: readonly Prepared['kind'][] = accept
  const format = IMAGE_FORMATS[type]
  if (format !== undefined && wanted.includes('image')) {
    refuseOver(config.maxImageBytes, bytes)
    return (await prepareImage(bytes, format, config)) as Extract<Prepared, { kind: K }>
  }
  const reader = AUDIO_READERS[type]
  if (reader !== undefined && wanted.includes('audio')) {
    refuseOver(config.maxAudioBytes, bytes)
    return prepareAudio(bytes, reader) as Extract<Prepared, { kind: K }>
  }
  const is = HEIF_TYPE.test(type) ? 'A photo in HEIC, as iPhones save them, is not' : 'This is not'
  const accepted = wanted.includes('audio') ? ACCEPTED_ALL : ACCEPTED_IMAGES
  throw new AppError('unsupported-media', `${is} ${accepted}`, { details: { reason: 'type-not-accepted' } })
}

/** Our decoder has none of its patents' licences. */
const HEIF_TYPE = /^image\/hei[cf](?:-sequence)?$/

const ACCEPTED_IMAGES = 'an image that we take (JPEG, PNG, WebP, GIF, AVIF)'
const ACCEPTED_ALL = `${ACCEPTED_IMAGES} or a recording (MP3, WAV, Ogg Opus, WebM, M4A)`

function refuseOver(limit: number, { length }: Buffer): void {
  if (length <= limit) return
  throw new AppError('too-large', `This may have ${limit} bytes at most`, {
    details: { reason: 'too-many-bytes', limit },
  })
}
