import { ApiErrorBody, UploadReply, type MediaAttachment } from '@lifeline/functions/contract'

/** Uploads one recording or image. `key` keeps a resend from doubling it; `onProgress` gets 0 to 1. */
export type UploadMedia = (
  target: { conversationId: string; key: string },
  blob: Blob,
  onProgress: (fraction: number) => void,
) => Promise<MediaAttachment>

/** The server will not have it, however often it is sent. `message` is for people. */
export class UploadRefused extends Error {
  override readonly name = 'UploadRefused'
}

/** Longest wait without any progress, ms. */
const STALLED_MS = 30_000

/** With the caller's token. Rejects with UploadRefused, or with anything else when another attempt may do. */
export const uploadMedia =
  (readToken: () => Promise<string>): UploadMedia =>
  async ({ conversationId, key }, blob, onProgress) => {
    const token = await readToken()
    // `fetch` tells nothing of how far an upload has come.
    const request = new XMLHttpRequest()
    const { promise, resolve, reject } = Promise.withResolvers<MediaAttachment>()
    let stalled = setTimeout(() => request.abort(), STALLED_MS)
    request.upload.addEventListener('progress', ({ loaded, total }) => {
      clearTimeout(stalled)
      stalled = setTimeout(() => request.abort(), STALLED_MS)
      if (total > 0) onProgress(loaded / total)
    })
    request.addEventListener('loadend', () => {
      clearTimeout(stalled)
      const reply = UploadReply.safeParse(parseJson(request.responseText))
      if (request.status === 201 && reply.success) resolve(reply.data.attachment)
      else reject(problemOf(request))
    })
    request.open('POST', `/api/conversation/${encodeURIComponent(conversationId)}/attachments`)
    request.setRequestHeader('authorization', `Bearer ${token}`)
    request.setRequestHeader('idempotency-key', key)
    request.setRequestHeader('content-type', 'application/octet-stream')
    request.send(blob)
    return promise
  }

/** A token that has just expired, too many at once and a server that is away pass. */
const PASSING = new Set([0, 401, 408, 429])

function problemOf({ status, responseText }: XMLHttpRequest): Error {
  if (PASSING.has(status) || status >= 500) return new Error(`status ${status}`)
  const body = ApiErrorBody.safeParse(parseJson(responseText))
  return new UploadRefused(body.success ? body.data.error.message : 'The server would not take it.')
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
