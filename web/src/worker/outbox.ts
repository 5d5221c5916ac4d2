import { z } from 'zod'
import type { MediaAttachment } from '@lifeline/functions/contract'
import { idOf, needsUpload, NewWrite, type NewMessage } from './call-writes.ts'
import { nextDelivery, type DeliverySignal, type DeliveryStatus } from './delivery.ts'

const Stored = z.object({ sequence: z.number(), status: z.enum(['queued', 'refused']), write: NewWrite })

export type OutboxEntry = {
  /** Order of writing. */
  sequence: number
  status: DeliveryStatus
  write: NewWrite
}

/** What `localStorage` offers, as far as it is used. */
export type OutboxStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>

/**
 * The worker's writes until the database has them. They survive a reload, which the SDK's own queue does not.
 * One storage key a write, so that two tabs never overwrite each other's.
 */
export class Outbox {
  readonly #storage: OutboxStorage
  readonly #prefix: string
  readonly #listeners = new Set<() => void>()
  #entries: readonly OutboxEntry[] = []
  #isDurable = true

  constructor(storage: OutboxStorage, uid: string) {
    this.#storage = storage
    this.#prefix = `lifeline-outbox/${uid}/`
    this.#entries = this.#load()
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** In order of writing; what was sent stays until the page is left. The same array until something changes. */
  readonly entries = (): readonly OutboxEntry[] => this.#entries

  /** Whether what is queued survives leaving the page. */
  get isDurable(): boolean {
    return this.#isDurable
  }

  add(write: NewWrite): void {
    const sequence = Math.max(Date.now(), (this.#entries.at(-1)?.sequence ?? 0) + 1)
    const entry: OutboxEntry = { sequence, status: 'queued', write: NewWrite.parse(write) }
    this.#keep(entry)
    this.#replace([...this.#entries, entry])
  }

  /** The oldest write that still has to be sent. */
  next(): OutboxEntry | undefined {
    return this.#entries.find(
      ({ status, write }) => status === 'queued' && !needsUpload(write) && !this.#isHeldBack(write),
    )
  }

  /** The oldest message whose media have to be uploaded, once its call is with the server. */
  nextUpload(): NewMessage | undefined {
    const isStarted = (callId: string) =>
      !this.#entries.some(
        ({ write, status }) => write.kind === 'call' && write.call_id === callId && status !== 'sent',
      )
    for (const { status, write } of this.#entries) {
      if (status === 'queued' && needsUpload(write) && isStarted(write.call_id)) return write
    }
    return undefined
  }

  /** The media of a message are with the server: now it can be sent. */
  attach(id: string, attachment: MediaAttachment): void {
    this.#change(id, (entry) => ({ ...entry, write: { ...entry.write, attachment } as NewMessage }))
  }

  /** The server will not have the media of a message. */
  refuse(id: string): void {
    this.#change(id, (entry) => ({ ...entry, status: 'refused' }))
  }

  /** Sends a refused message once more, from its beginning: its media may be gone from the server. */
  retry(id: string): void {
    this.#change(id, ({ write, ...entry }) => {
      const { attachment, ...rest } = write as NewMessage
      const isKept = attachment?.kind === 'location'
      return {
        ...entry,
        status: nextDelivery(entry.status, 'retried'),
        write: { ...rest, ...(isKept && { attachment }) },
      }
    })
  }

  /** Forgets one write that the worker does not want sent any more. */
  drop(id: string): void {
    this.#storage.removeItem(this.#prefix + id)
    this.#replace(this.#entries.filter(({ write }) => idOf(write) !== id))
  }

  #change(id: string, change: (entry: OutboxEntry) => OutboxEntry): void {
    const entry = this.#entries.find(({ write }) => idOf(write) === id)
    if (entry === undefined) return
    const changed = change(entry)
    this.#keep(changed)
    this.#replace(this.#entries.map((each) => (each === entry ? changed : each)))
  }

  /** A call ends after what was taken in it is through; but an end with a word waits for nothing. */
  #isHeldBack(write: NewWrite): boolean {
    if (write.kind !== 'end' || write.proof !== undefined) return false
    return this.#entries.some(
      ({ status, write: other }) =>
        status === 'queued' && other.conversation_id === write.conversation_id && needsUpload(other),
    )
  }

  /** Moves one write on, and keeps or forgets it accordingly. */
  signal(id: string, signal: DeliverySignal): DeliveryStatus | undefined {
    const entry = this.#entries.find(({ write }) => idOf(write) === id)
    if (entry === undefined) return undefined
    const status = nextDelivery(entry.status, signal)
    if (status === entry.status) return status
    const moved = { ...entry, status }
    if (status === 'sent') this.#storage.removeItem(this.#prefix + id)
    else if (status === 'refused') this.#keep(moved)
    this.#replace(this.#entries.map((each) => (each === entry ? moved : each)))
    return status
  }

  /** Forgets what belongs to a conversation that the worker has left. */
  discard(conversationId: string): void {
    for (const { write } of this.#entries) {
      if (write.conversation_id === conversationId) this.#storage.removeItem(this.#prefix + idOf(write))
    }
    this.#replace(this.#entries.filter(({ write }) => write.conversation_id !== conversationId))
  }

  /** Takes in what another tab has queued or delivered. */
  refresh(): void {
    const stored = new Map(this.#load().map((entry) => [idOf(entry.write), entry]))
    const known = new Set(this.#entries.map(({ write }) => idOf(write)))
    const entries = this.#entries.map((entry) =>
      entry.status === 'queued' && !stored.has(idOf(entry.write)) && this.#isDurable
        ? { ...entry, status: 'sent' as const }
        : entry,
    )
    const added = [...stored.values()].filter(({ write }) => !known.has(idOf(write)))
    this.#replace([...entries, ...added].toSorted((a, b) => a.sequence - b.sequence))
  }

  #load(): OutboxEntry[] {
    const entries: OutboxEntry[] = []
    for (let index = 0; index < this.#storage.length; index++) {
      const key = this.#storage.key(index)
      if (!key?.startsWith(this.#prefix)) continue
      const stored = Stored.safeParse(parseJson(this.#storage.getItem(key)))
      if (stored.success) entries.push(stored.data)
    }
    return entries.toSorted((a, b) => a.sequence - b.sequence)
  }

  #keep(entry: OutboxEntry): void {
    try {
      this.#storage.setItem(this.#prefix + idOf(entry.write), JSON.stringify(entry))
    } catch {
      // Full or forbidden. It is sent all the same, and the page says that it must stay open.
      this.#isDurable = false
    }
  }

  #replace(entries: readonly OutboxEntry[]): void {
    this.#entries = entries
    for (const listener of this.#listeners) listener()
  }
}

function parseJson(text: string | null): unknown {
  try {
    return JSON.parse(text ?? '')
  } catch {
    return undefined
  }
}
