import { Message, type MediaAttachment } from '@lifeline/functions/contract'
import { z } from 'zod'
import { describeError, UnreachableError } from '../api/errors.ts'
import { toDeviceTimestamp } from '../ui/format-time.ts'
import { nextReplyStatus, REPLY_STATUSES, type ReplySignal } from './reply-status.ts'

const Reply = z.object({
  /** Idempotency key, chosen when it was written: however often it is sent, it is stored once. */
  key: z.string(),
  conversationId: z.string(),
  /** As it will stand in the conversation, under the key as its id and with the device's time. */
  message: Message,
  /** The takeover under which it was written; `undefined` when it was not known. */
  lease: z.number().optional(),
  status: z.enum(REPLY_STATUSES),
  /** Why it failed, in plain words. */
  problem: z.string().nullable(),
})
/** Something that a dispatcher wrote and that is not known to stand in the conversation yet. */
export type Reply = z.infer<typeof Reply>

export type OutgoingReply = {
  key: string
  content: string
  timestamp: string
  lease: number | undefined
  /** What was uploaded for it. */
  attachment: { media_id: string } | undefined
}

export type RepliesPorts = {
  /** Resolves when the server has it, throws as the client does. */
  send: (conversationId: string, reply: OutgoingReply) => Promise<unknown>
  /** What is not sent survives a reload here. */
  storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>
  /** Of the dispatcher. */
  uid: string
  now: () => number
  delay: (ms: number) => Promise<void>
  newKey: () => string
}

/** Waits before an unanswered message is sent again by itself, ms. Later it would be stale: a person decides. */
const RETRY_MS = [1_000, 3_000]

const NONE: readonly Reply[] = []

/**
 * What a dispatcher has written, until it stands in its conversation. Within a conversation one is sent after the
 * other, so that they stand there in the order of writing; one that failed holds those behind it.
 */
export class Replies {
  readonly #ports: RepliesPorts
  readonly #storageKey: string
  readonly #listeners = new Set<() => void>()
  readonly #sending = new Set<string>()
  #replies: ReadonlyMap<string, readonly Reply[]>
  #lastTime = 0

  constructor(ports: RepliesPorts) {
    this.#ports = ports
    this.#storageKey = `lifeline-replies/${ports.uid}`
    this.#replies = Map.groupBy(this.#load(), ({ conversationId }) => conversationId)
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** In order of writing. The same array until something changes. */
  readonly of = (conversationId: string): readonly Reply[] => this.#replies.get(conversationId) ?? NONE

  write(
    conversationId: string,
    content: string,
    lease: number | undefined,
    attachment?: MediaAttachment,
  ): void {
    const { uid, now, newKey } = this.#ports
    // Never the same twice: by its time a reply is recognized when it comes back.
    this.#lastTime = Math.max(now(), this.#lastTime + 1)
    const key = newKey()
    const message: Message = {
      message_id: key,
      role: 'admin',
      content: content.toWellFormed(),
      timestamp: toDeviceTimestamp(this.#lastTime),
      sources: '',
      sender_id: uid,
      received_at: new Date(this.#lastTime).toISOString(),
      ...(attachment && { attachment }),
    }
    const reply: Reply = { key, conversationId, message, lease, status: 'queued', problem: null }
    this.#replace(conversationId, [...this.of(conversationId), reply])
    void this.#drain(conversationId)
  }

  /** Sends one that failed once more, under its old key and the lease of today. */
  resend(conversationId: string, key: string, lease: number | undefined): void {
    this.#change(conversationId, key, 'resend', { problem: null, lease })
    void this.#drain(conversationId)
  }

  /** Gives one up that failed. */
  discard(conversationId: string, key: string): void {
    this.#replace(
      conversationId,
      this.of(conversationId).filter((reply) => reply.key !== key || reply.status !== 'failed'),
    )
    void this.#drain(conversationId)
  }

  /** Forgets what stands in the conversation now, also where the answer to it was lost. */
  confirm(conversationId: string, messages: readonly Message[]): void {
    const replies = this.of(conversationId)
    const waiting = withoutStored(replies, messages)
    if (waiting.length === replies.length) return
    this.#replace(conversationId, waiting)
    void this.#drain(conversationId)
  }

  /** Forgets everything. */
  clear(): void {
    this.#replies = new Map()
    this.#ports.storage.removeItem(this.#storageKey)
    for (const listener of this.#listeners) listener()
  }

  async #drain(conversationId: string): Promise<void> {
    if (this.#sending.has(conversationId)) return
    this.#sending.add(conversationId)
    try {
      for (;;) {
        const next = this.of(conversationId).find(({ status }) => status !== 'sent')
        if (next?.status !== 'queued') return
        await this.#send(next)
      }
    } finally {
      this.#sending.delete(conversationId)
    }
  }

  async #send(reply: Reply): Promise<void> {
    const { conversationId, key, message, lease } = reply
    const { content, timestamp } = message
    const attachment = uploaded(message)
    this.#change(conversationId, key, 'send')
    for (let attempt = 0; ; attempt++) {
      try {
        await this.#ports.send(conversationId, { key, content, timestamp, lease, attachment })
        return this.#change(conversationId, key, 'accept')
      } catch (error) {
        const wait = error instanceof UnreachableError ? RETRY_MS[attempt] : undefined
        if (wait === undefined) {
          return this.#change(conversationId, key, 'fail', { problem: describeError(error) })
        }
        await this.#ports.delay(wait)
        // It may have arrived all the same, and the stream has shown it.
        if (!this.of(conversationId).some((each) => each.key === key)) return
      }
    }
  }

  #change(conversationId: string, key: string, signal: ReplySignal, patch: Partial<Reply> = {}): void {
    this.#replace(
      conversationId,
      this.of(conversationId).map((reply) =>
        reply.key === key ? { ...reply, ...patch, status: nextReplyStatus(reply.status, signal) } : reply,
      ),
    )
  }

  #replace(conversationId: string, replies: readonly Reply[]): void {
    this.#replies = new Map([...this.#replies, [conversationId, replies]])
    this.#keep()
    for (const listener of this.#listeners) listener()
  }

  #keep(): void {
    const unsent = [...this.#replies.values()].flat().filter(({ status }) => status !== 'sent')
    try {
      this.#ports.storage.setItem(this.#storageKey, JSON.stringify(unsent))
    } catch {
      // A full store costs them their safety over a reload and nothing else.
      this.#ports.storage.removeItem(this.#storageKey)
    }
  }

  /** What was under way when the page went may have arrived or not: a person decides whether to send it again. */
  #load(): Reply[] {
    const text = this.#ports.storage.getItem(this.#storageKey)
    if (text === null) return []
    const problem = 'The page was closed before the server answered.'
    try {
      return z
        .array(Reply)
        .parse(JSON.parse(text))
        .map((reply) => ({ ...reply, status: 'failed', problem: reply.problem ?? problem }))
    } catch {
      return []
    }
  }
}

const uploaded = ({ attachment }: Message): { media_id: string } | undefined =>
  attachment === undefined || attachment.kind === 'location' ? undefined : { media_id: attachment.media_id }

/** Those of `replies` that do not stand among `messages`. */
export function withoutStored(replies: readonly Reply[], messages: readonly Message[]): readonly Reply[] {
  if (replies.length === 0) return replies
  const waiting = replies.filter(
    ({ message }) =>
      !messages.some(
        ({ sender_id, timestamp, content }) =>
          timestamp === message.timestamp && sender_id === message.sender_id && content === message.content,
      ),
  )
  return waiting.length === replies.length ? replies : waiting
}
