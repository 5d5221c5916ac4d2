import { randomBytes } from 'node:crypto'
import { archiveChat } from '../chats/archive-chat.ts'
import { chatKey } from '../chats/chat-record.ts'
import { createIndexChat } from '../chats/index-chat.ts'
import { chatViewer } from '../chats/policy.ts'
import { storeMessages } from '../chats/store-messages.ts'
import type { LiveServer } from '../conversations/testing/live-server.ts'
import { type Ids, MARK } from './ids.ts'

type Owner = 'colleague' | 'worker' | 'nobody'

const chatSeed =
  (owner: Owner, { archived = false, byKey = false } = {}) =>
  async (server: LiveServer): Promise<Ids> => {
    const { deps } = server
    const name = randomBytes(6).toString('hex')
    const id = `chat-${name}`
    const worker_id = `worker_${name}`
    const user_id = { colleague: 'ben', worker: worker_id, nobody: `guest_${name}` }[owner]
    const role = owner === 'worker' ? 'worker' : 'agent'
    const viewer =
      owner === 'nobody' ? chatViewer(null) : ({ uid: user_id, role, company_id: 'c_acme' } as const)
    const key = chatKey(viewer.company_id, id)
    const message = { content: `Hello ${MARK}`, timestamp: '2023-01-01T09:00:00' }
    await storeMessages({ ...deps, indexChat: createIndexChat(deps) }, viewer, {
      conversation_id: id,
      user_id,
      messages: [message],
    })
    if (archived && (await archiveChat(deps, key)) !== 'archived')
      throw new Error('the chat was not archived')
    return { conversation_id: byKey ? key : id, worker_id, user_id }
  }

/** A chat of each kind of owner: somebody of Acme, a worker (the first column), callers without a token. */
export const CHAT_SEEDS = {
  "a colleague's chat": chatSeed('colleague'),
  "the worker's chat": chatSeed('worker'),
  'an archived chat': chatSeed('colleague', { archived: true }),
  "nobody's chat": chatSeed('nobody'),
}

/** The same by the key under which the index of conversations lists them. */
export const LISTED_CHAT_SEEDS = {
  'a chat by its key': chatSeed('colleague', { byKey: true }),
  'an archived chat by its key': chatSeed('colleague', { archived: true, byKey: true }),
}
