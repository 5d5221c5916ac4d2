import { expect } from 'vitest'
import { CallLine, type Caller } from './call-line.ts'
import type { CallDatabase } from './call-line-state.ts'
import type { NewWrite } from './call-writes.ts'
import type { OutboxStorage } from './outbox.ts'
import { memoryStorage } from './storage.fixture.ts'
import type { MediaPort } from './uploader.ts'

const CALLER: Caller = { uid: 'worker_1', companyId: 'c_acme', mobileNo: '+919325590143' }
/** A call of theirs as it is stored. */
export const record = (overrides: object = {}) => ({
  conversation_id: 'conv_1',
  worker_id: 'worker_1',
  company_id: 'c_acme',
  urgency: 'HIGH',
  status: 'ACTIVE',
  medium: 'Text',
  timestamp: '2025-10-03T11:58:04+05:30',
  started_at: 1,
  ...overrides,
})

/** A database that behaves towards this worker as the real one does, as far as the line sees it. */
function fakeDatabase() {
  let calls: Record<string, object> | undefined
  let isOnline = false
  let tellConnected: (isConnected: boolean) => void = () => undefined
  let tellCalls: (calls: unknown) => void = () => undefined
  const pending: { write: NewWrite; resolve: () => void; reject: (error: Error) => void }[] = []
  const watched: string[] = []
  let tellMessages: (messages: unknown) => void = () => undefined
  let tellSignals: Parameters<CallDatabase['watchSignals']>[1] | undefined
  const told: unknown[] = []
  const tell = (...words: unknown[]) => {
    told.push(words)
    return Promise.resolve()
  }
  const database: CallDatabase = {
    send: (write) => new Promise<void>((resolve, reject) => pending.push({ write, resolve, reject })),
    isStored: () => Promise.resolve(false),
    isRefusal: () => true,
    watchConnected: (listener) => {
      tellConnected = listener
      listener(isOnline)
      return () => undefined
    },
    watchCalls: (_, listener) => {
      tellCalls = listener
      if (calls !== undefined) listener(calls)
      return () => undefined
    },
    watchMessages: (conversationId, listener) => {
      watched.push(conversationId)
      tellMessages = listener
      return () => undefined
    },
    watchSignals: (_, listeners) => {
      tellSignals = listeners
      return () => undefined
    },
    tellSeen: (_, uid, { id }) => tell('seen', uid, id),
    tellTyping: (_, uid, isTyping) => tell('typing', uid, isTyping),
    tellContact: (_, uid) => tell('contact', uid),
  }
  return {
    database,
    pending,
    watched,
    connect: (own: Record<string, object> = {}) => {
      isOnline = true
      calls = own
      tellConnected(true)
      tellCalls(own)
    },
    setCalls: (own: Record<string, object>) => {
      calls = own
      tellCalls(own)
    },
    told,
    setSeen: (node: unknown) => tellSignals?.seen(node),
    setCheck: (node: unknown) => tellSignals?.check(node),
    setTyping: (node: unknown) => tellSignals?.typing(node),
    setMessages: (node: unknown) => tellMessages(node),
    answer: async (isTaken = true) => {
      await expect.poll(() => pending).not.toHaveLength(0)
      const next = pending.shift()!
      if (isTaken && next.write.kind === 'call') {
        const { call_id, conversation_id, urgency } = next.write
        calls = { ...calls, [call_id]: record({ conversation_id, urgency }) }
        tellCalls(calls)
      }
      if (isTaken) next.resolve()
      else next.reject(new Error('PERMISSION_DENIED'))
      return next.write
    },
  }
}

/** A line over such a database, and what a test does to both. */
export function openLine(storage: OutboxStorage = memoryStorage()) {
  const fake = fakeDatabase()
  const blobs = new Map<string, Blob>()
  const media: MediaPort = {
    blobs: {
      put: async (id, blob) => void blobs.set(id, blob),
      get: async (id) => blobs.get(id),
      remove: async (id) => void blobs.delete(id),
      ids: async () => [...blobs.keys()],
    },
    upload: () => Promise.reject(new Error('offline')),
  }
  const line = new CallLine(CALLER, fake.database, storage, media)
  return { ...fake, line, storage, phase: () => line.state().call?.phase }
}
