import type { Auth } from 'firebase/auth'
import { readBlob, send } from '../api/http.ts'
import type { OpenCall } from './open-call.ts'

/** The worker's token, renewed when it has to be. Rejects while nobody is signed in, or without a network. */
export async function readIdToken({ currentUser }: Auth): Promise<string> {
  if (currentUser === null) throw new Error('nobody is signed in')
  return await currentUser.getIdToken()
}

/** The bytes of an attachment of the worker's call. Rejects as `readBlob` does. */
export async function fetchMedia(auth: Auth, call: OpenCall | undefined, mediaId: string): Promise<Blob> {
  if (call === undefined) throw new Error('there is no call')
  const path = `/api/conversation/${encodeURIComponent(call.conversation_id)}/attachments/${encodeURIComponent(mediaId)}`
  const headers = { authorization: `Bearer ${await readIdToken(auth)}` }
  return readBlob(await send(globalThis.fetch.bind(globalThis), path, { headers, cache: 'no-store' }))
}
