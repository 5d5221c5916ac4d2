import { conversationRoutes } from '../../conversations/routes.ts'
import { replyRoutes } from '../../conversations/reply-routes.ts'
import type { CallFixture } from '../../conversations/testing/calls.ts'
import { type LiveServer, startLiveServer } from '../../conversations/testing/live-server.ts'
import { attachmentRoutes } from '../routes.ts'
import { UploadReply } from '../schema.ts'

/** A server with conversations and their attachments, and what a phone and a console do with them. */
export async function startAttachmentServer(options: Parameters<typeof startLiveServer>[1] = {}) {
  const server: LiveServer = await startLiveServer(
    (deps, live) => [
      ...conversationRoutes(deps, live),
      ...replyRoutes(live),
      ...attachmentRoutes(deps, live),
    ],
    options,
  )
  const worker = ({ workerId }: CallFixture, rest = {}) => server.token(workerId, 'worker', rest)
  const agent = (uid = 'ben') => server.token(uid, 'agent')

  let keys = 0
  async function upload(
    { conversationId }: Pick<CallFixture, 'conversationId'>,
    token: string,
    bytes: Buffer,
    { key = `key-${(keys += 1)}`, type = 'application/octet-stream' }: { key?: string; type?: string } = {},
  ) {
    const response = await fetch(`${server.origin}/api/conversation/${conversationId}/attachments`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': type,
        ...(key !== '' && { 'idempotency-key': key }),
      },
      body: new Uint8Array(bytes),
    })
    return {
      status: response.status,
      headers: response.headers,
      body: (await response.json()) as Record<string, unknown>,
    }
  }
  type Reply = Awaited<ReturnType<typeof upload>>
  const attachmentOf = ({ body }: Reply) => UploadReply.parse(body).attachment
  const refusal = ({ status, body }: Pick<Reply, 'status' | 'body'>) => {
    const { code, details } = body.error as { code: string; details?: { reason: string } }
    return [status, code, details?.reason]
  }
  const download = (
    { conversationId }: Pick<CallFixture, 'conversationId'>,
    mediaId: string,
    token: string,
    headers: Record<string, string> = {},
  ) =>
    fetch(`${server.origin}/api/conversation/${conversationId}/attachments/${mediaId}`, {
      headers: { authorization: `Bearer ${token}`, ...headers },
    })
  const uploads = async ({ conversationId }: CallFixture) =>
    (await server.device.database.ref(`uploads/${conversationId}`).get()).val()
  const stored = async () => (await server.device.firestore.collection('media').get()).size

  return { server, worker, agent, upload, attachmentOf, refusal, download, uploads, stored }
}

export type AttachmentServer = Awaited<ReturnType<typeof startAttachmentServer>>
