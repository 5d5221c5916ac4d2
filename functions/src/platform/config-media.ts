import { z } from 'zod'

/** What may be uploaded, and how long it is kept without a message that refers to it. */
export interface MediaConfig {
  /** Bytes of an image as it comes in; what is stored is much smaller. */
  maxImageBytes: number
  maxAudioBytes: number
  /** Width times height of an image as it comes in: what unpacks to more is refused before it is unpacked. */
  maxImagePixels: number
  /** Longest side of an image as it is stored. */
  imageSide: number
  /** An upload without a message is taken away after so long. */
  unusedHours: number
  /** Uploads that one person may make in a minute. */
  uploadsPerMinute: number
}

const whole = (fallback: number, max: number) => z.coerce.number().int().positive().max(max).default(fallback)
const MIB = 1_024 * 1_024

export const MediaEnvironment = {
  MEDIA_MAX_IMAGE_BYTES: whole(12 * MIB, 30 * MIB),
  // Stored as it is and in one commit, of which Firestore takes 10 MiB.
  MEDIA_MAX_AUDIO_BYTES: whole(8 * MIB, 8 * MIB),
  MEDIA_MAX_IMAGE_PIXELS: whole(50_000_000, 200_000_000),
  MEDIA_IMAGE_SIDE: whole(2_048, 4_096),
  MEDIA_UNUSED_HOURS: whole(24, 24 * 30),
  MEDIA_UPLOADS_PER_MINUTE: whole(30, 1_000),
}

export const readMediaConfig = (env: z.output<z.ZodObject<typeof MediaEnvironment>>): MediaConfig => ({
  maxImageBytes: env.MEDIA_MAX_IMAGE_BYTES,
  maxAudioBytes: env.MEDIA_MAX_AUDIO_BYTES,
  maxImagePixels: env.MEDIA_MAX_IMAGE_PIXELS,
  imageSide: env.MEDIA_IMAGE_SIDE,
  unusedHours: env.MEDIA_UNUSED_HOURS,
  uploadsPerMinute: env.MEDIA_UPLOADS_PER_MINUTE,
})
