import pLimit from 'p-limit'
import sharp from 'sharp'
import type { MediaConfig } from '../platform/config-media.ts'
import { AppError } from '../platform/errors.ts'
import type { Prepared } from './prepared.ts'
import { IMAGE_TYPE } from './schema.ts'

/** Image types that are taken in, by content, and what sharp calls them. */
export const IMAGE_FORMATS: Readonly<Record<string, string>> = {
  'image/jpeg': 'jpeg',
  'image/apng': 'png',
  'image/png': 'png',
  'image/webp': 'webp',
  'image/gif': 'gif',
  'image/avif': 'heif',
}

/** Unpacked, one image may take hundreds of megabytes: only so many at once, the others wait. */
const inTurn = pLimit(2)
const TIMEOUT_SECONDS = 20
const QUALITY = 82

/**
 * Draws an image anew as a JPEG: upright, within `imageSide` pixels a side, the first picture of an animation, on white
 * where it was transparent. Nothing but the picture survives: no EXIF (place, device, owner), no profile, no preview.
 *
 * @param format as sharp calls what the content was found to be
 * @throws AppError `too-large` when it would unpack to more than `maxImagePixels`, `unsupported-media` when it cannot
 * be read as what it says it is.
 */
export function prepareImage(
  bytes: Buffer,
  format: string,
  { maxImagePixels, imageSide }: Pick<MediaConfig, 'maxImagePixels' | 'imageSide'>,
): Promise<Extract<Prepared, { kind: 'image' }>> {
  return inTurn(async () => {
    const options = { limitInputPixels: maxImagePixels, failOn: 'error', autoOrient: true } as const
    try {
      // The header alone: what it would unpack to is known before anything is unpacked.
      const {
        width,
        height,
        format: found,
      } = await sharp(bytes, { ...options, limitInputPixels: false }).metadata()
      if (found !== format) throw unreadable()
      if (width * height > maxImagePixels) throw tooManyPixels()
      const { data, info } = await sharp(bytes, options)
        .timeout({ seconds: TIMEOUT_SECONDS })
        .resize({ width: imageSide, height: imageSide, fit: 'inside', withoutEnlargement: true })
        .flatten({ background: '#ffffff' })
        .toColourspace('srgb')
        .jpeg({ quality: QUALITY })
        .toBuffer({ resolveWithObject: true })
      return { kind: 'image', content_type: IMAGE_TYPE, width: info.width, height: info.height, data }
    } catch (error) {
      if (error instanceof AppError) throw error
      if (error instanceof Error && error.message.includes('pixel limit')) throw tooManyPixels()
      throw unreadable(error)
    }
  })
}

const unreadable = (cause?: unknown): AppError =>
  new AppError('unsupported-media', 'This image cannot be read', { cause, details: { reason: 'unreadable' } })

const tooManyPixels = (): AppError =>
  new AppError('too-large', 'This image has too many pixels', { details: { reason: 'too-many-pixels' } })
