import { z } from 'zod'
import { MediaAttachment } from '../media/schema.ts'

/** `POST /api/conversation/{id}/attachments`: what a message may carry now, by its `media_id`. */
export const UploadReply = z.object({ success: z.literal(true), attachment: MediaAttachment })
