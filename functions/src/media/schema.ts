import { z } from 'zod'
import { Id, Timestamp } from '../platform/schema.ts'

/** What the product stores and shows as images: everything that comes in is re-encoded to this. */
export const IMAGE_TYPE = 'image/jpeg'

export const AUDIO_TYPES = ['audio/mpeg', 'audio/wav', 'audio/ogg', 'audio/webm', 'audio/mp4'] as const

const stored = {
  /** Names the bytes: `GET /api/conversation/{id}/attachments/{media_id}`. */
  media_id: Id,
  bytes: z.int().positive(),
}

export const ImageAttachment = z.object({
  kind: z.literal('image'),
  ...stored,
  content_type: z.literal(IMAGE_TYPE),
  /** Pixels, as it is to be shown. */
  width: z.int().positive(),
  height: z.int().positive(),
})
export type ImageAttachment = z.infer<typeof ImageAttachment>

export const AudioAttachment = z.object({
  kind: z.literal('audio'),
  ...stored,
  content_type: z.enum(AUDIO_TYPES),
  /** Absent where the recording does not say. */
  duration_ms: z.int().nonnegative().exactOptional(),
})
export type AudioAttachment = z.infer<typeof AudioAttachment>

export const LocationAttachment = z.object({
  kind: z.literal('location'),
  /** Degrees, WGS 84. */
  latitude: z.number().min(-90).max(90),
  longitude: z.number().min(-180).max(180),
  /** Radius, in metres, in which the device was with 95 % confidence. */
  accuracy_m: z.number().min(0).max(1_000_000),
  /** When it was there, by the device's clock. The message's `timestamp` is of the same clock. */
  captured_at: Timestamp,
})
export type LocationAttachment = z.infer<typeof LocationAttachment>

/** What an upload answers with, and what a message then carries. */
export const MediaAttachment = z.discriminatedUnion('kind', [ImageAttachment, AudioAttachment])
export type MediaAttachment = z.infer<typeof MediaAttachment>

/** What a message may carry beside its words (DESIGN 2). */
export const Attachment = z.discriminatedUnion('kind', [ImageAttachment, AudioAttachment, LocationAttachment])
export type Attachment = z.infer<typeof Attachment>

/** What somebody sends: media that they have uploaded for this conversation, by its id, or where they are. */
export const OutgoingAttachment = z.union([
  z.strictObject({ media_id: Id }),
  LocationAttachment.extend({
    captured_at: Timestamp.max(40).regex(/T\d{2}:\d{2}:\d{2}/, 'has to name the second'),
  }),
])
export type OutgoingAttachment = z.infer<typeof OutgoingAttachment>
