import { z } from 'zod'
import type { Live } from '../conversations/live.ts'
import { MessageKey } from '../conversations/schema.ts'
import type { Deps } from '../deps.ts'
import { AppError } from '../platform/errors.ts'
import { type Route, defineRoute } from '../platform/route.ts'
import { readAttachment } from './read.ts'
import { UploadReply } from './schema.ts'
import { uploadAttachment } from './upload.ts'

const conversation_id = z.string().meta({ example: 'conv_919325590143_20251003_115804' })
const tags = ['emergency conversation']
const refusals = {
  401: { description: 'Invalid or missing authentication token' },
  404: { description: 'Conversation or attachment not found, or not the caller’s to know' },
  500: { description: 'Server error' },
  503: { description: 'A database does not answer; `Retry-After` says when to try again' },
} as const

const EXTENSIONS: Record<string, string> = {
  'image/jpeg': 'photo.jpg',
  'audio/mpeg': 'recording.mp3',
  'audio/wav': 'recording.wav',
  'audio/ogg': 'recording.ogg',
  'audio/webm': 'recording.webm',
  'audio/mp4': 'recording.m4a',
}

/** Images and recordings of conversations (DESIGN 4, the rich media of spec 1). */
export function attachmentRoutes(
  deps: Deps,
  { directory, presence }: Pick<Live, 'directory' | 'presence'>,
): Route[] {
  const { media } = deps.config
  return [
    defineRoute({
      method: 'post',
      path: '/api/conversation/{conversation_id}/attachments',
      summary: 'Upload an image or a recording',
      description:
        'The bytes themselves are the body, from the worker of the call or the admin who holds it. The content decides ' +
        'what it is: JPEG, PNG, WebP, GIF and AVIF are drawn anew as JPEG without metadata; MP3, WAV, Ogg Opus, WebM and ' +
        'M4A lose theirs. The header `Idempotency-Key` is required: sent again under it, it is stored once. A message ' +
        'then carries it by its `media_id`; without one it is removed after a day.',
      tags,
      access: 'bearer',
      limit: 'uploads',
      params: z.object({ conversation_id }),
      body: {
        schema: z.instanceof(Buffer),
        contentType: '*/*',
        limit: Math.max(media.maxImageBytes, media.maxAudioBytes),
      },
      replies: {
        201: {
          description: 'What is stored',
          schema: UploadReply,
          example: {
            success: true,
            attachment: {
              kind: 'image',
              media_id: 'media_u3q1',
              content_type: 'image/jpeg',
              bytes: 183_211,
              width: 1_536,
              height: 2_048,
            },
          },
        },
        ...refusals,
        403: { description: 'The caller is no admin' },
        409: { description: 'The call has ended or is held by another, or the key was used for other bytes' },
        415: { description: 'Neither an image nor a recording that is taken in' },
        429: { description: 'Too many uploads; `Retry-After` says when to try again' },
      },
      async handle({ params, body, actor, request }) {
        if (actor.role !== 'worker') presence.touch(actor.uid)
        const key = MessageKey.safeParse(request.get('idempotency-key'))
        if (!key.success)
          throw new AppError('invalid-input', 'Send a key of your own as the header Idempotency-Key')
        const { attachment, replayed } = await uploadAttachment(
          { ...deps, directory },
          actor,
          params.conversation_id,
          { bytes: body, key: key.data },
        )
        return {
          status: 201,
          body: { success: true, attachment },
          ...(replayed && { headers: { 'Idempotency-Replayed': 'true' } }),
        }
      },
    }),
    defineRoute({
      method: 'get',
      path: '/api/conversation/{conversation_id}/attachments/{media_id}',
      summary: 'Get an image or a recording',
      description:
        'For whoever may read the conversation, also when it is archived. `Range` with one span of bytes is answered ' +
        'with that part.',
      tags,
      access: 'bearer',
      params: z.object({ conversation_id, media_id: z.string().meta({ example: 'media_u3q1' }) }),
      replies: {
        200: { description: 'The bytes', contentType: 'application/octet-stream' },
        206: { description: 'The part that was asked for', contentType: 'application/octet-stream' },
        ...refusals,
        403: { description: "Admin doesn't have access to this conversation" },
        416: { description: 'There are no such bytes' },
      },
      async handle({ params, actor, request, response }) {
        if (actor.role !== 'worker') presence.touch(actor.uid)
        const { facts, part, data } = await readAttachment({ ...deps, directory }, actor, {
          conversationId: params.conversation_id,
          mediaId: params.media_id,
          range: request.get('range'),
        })
        response
          .status(part === undefined ? 200 : 206)
          .set({
            'Content-Type': facts.content_type,
            'Content-Disposition': `inline; filename="${EXTENSIONS[facts.content_type] ?? 'media'}"`,
            // Whatever a browser makes of the bytes, it may run nothing and load nothing.
            'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
            'X-Content-Type-Options': 'nosniff',
            'Cache-Control': 'private, no-store',
            'Accept-Ranges': 'bytes',
            ...(part && { 'Content-Range': `bytes ${part.start}-${part.end - 1}/${facts.bytes}` }),
          })
          .end(data)
      },
    }),
  ]
}
