import { CheckRecord, TYPING_LASTS_MS } from '@lifeline/functions/contract'
import type { FeedMessage } from './feed.ts'
import { isAfter, readSeen, readTyping, type Place } from './signals.ts'

/** The database as signals use it. What is told resolves when the server has it, and rejects when it is refused. */
export type SignalPort = {
  /** Tells of the nodes `seen`, `typing` and `check` of an existing conversation. Returns how to stop that. */
  watchSignals: (
    conversationId: string,
    listeners: {
      seen: (node: unknown) => void
      typing: (node: unknown) => void
      check: (node: unknown) => void
    },
  ) => () => void
  tellSeen: (conversationId: string, uid: string, place: Place) => Promise<void>
  /** In the conversation and, by `place`, on the company's board. */
  tellTyping: (place: TypingPlace, uid: string, isTyping: boolean) => Promise<void>
  /** The device is there. */
  tellContact: (conversationId: string, uid: string) => Promise<void>
}

/** Where a word of typing goes: the conversation, and its call on its company's board. */
type TypingPlace = { conversationId: string; callId: string; companyId: string }

export type CallSignalsOptions = TypingPlace & {
  port: SignalPort
  /** Of the worker. */
  uid: string
  /** Whether the call is active and the server can be reached: nothing of this is worth keeping for later. */
  mayTell: () => boolean
  onChange: () => void
}

const TYPING_AGAIN_MS = TYPING_LASTS_MS / 2
const CONTACT_MS = 20_000

/** What a worker's page tells and hears in one conversation besides messages. */
export class CallSignals {
  readonly #options: CallSignalsOptions
  readonly #stops: (() => void)[]
  #seen: Place | null = null
  #typing: ReadonlyMap<string, number> = new Map()
  #typingUntil = 0
  #told: Place | null = null
  #saidTypingAt = 0
  #check: CheckRecord | null = null

  constructor(options: CallSignalsOptions) {
    this.#options = options
    const { port, conversationId, uid } = options
    const contact = setInterval(() => this.tellContact(), CONTACT_MS)
    this.#stops = [
      () => clearInterval(contact),
      port.watchSignals(conversationId, {
        seen: (node) => {
          const seen = readSeen(node, uid)
          // What is archived goes from the database; what was seen stays seen.
          if (seen === null || (this.#seen !== null && !isAfter(seen, this.#seen))) return
          this.#seen = seen
          options.onChange()
        },
        typing: (node) => this.#hearTyping(readTyping(node, uid)),
        check: (node) => {
          this.#check = CheckRecord.safeParse(node).data ?? null
          options.onChange()
        },
      }),
    ]
    this.tellContact()
  }

  /** The furthest that a dispatcher has seen. */
  get seen(): Place | null {
    return this.#seen
  }

  /** The question whether the worker is OK, as it stands. */
  get check(): CheckRecord | null {
    return this.#check
  }

  /** Until when a dispatcher is known to be writing, ms. */
  get typingUntil(): number {
    return this.#typingUntil
  }

  /** All that is stored has been on the screen. */
  tellSeen(stored: readonly FeedMessage[]): void {
    const { port, conversationId, uid, mayTell } = this.#options
    const last = stored.findLast(({ delivery }) => delivery === null)
    if (last === undefined || !mayTell() || (this.#told !== null && !isAfter(last, this.#told))) return
    const place = { at: last.at, id: last.id }
    this.#told = place
    port.tellSeen(conversationId, uid, place).catch(() => undefined)
  }

  /** At every key: whether something is being written. */
  tellTyping(isTyping: boolean): void {
    const { port, conversationId, callId, companyId, uid, mayTell } = this.#options
    const now = Date.now()
    if (isTyping ? now - this.#saidTypingAt < TYPING_AGAIN_MS : this.#saidTypingAt === 0) return
    if (!mayTell()) return
    this.#saidTypingAt = isTyping ? now : 0
    port.tellTyping({ conversationId, callId, companyId }, uid, isTyping).catch(() => undefined)
  }

  tellContact(): void {
    const { port, conversationId, uid, mayTell } = this.#options
    if (mayTell()) port.tellContact(conversationId, uid).catch(() => undefined)
  }

  close(): void {
    for (const stop of this.#stops) stop()
  }

  /** By our own clock from the moment that we hear of it: the server's may differ. */
  #hearTyping(typing: ReadonlyMap<string, number>): void {
    const isNews = [...typing].some(([uid, at]) => this.#typing.get(uid) !== at)
    this.#typing = typing
    if (isNews) this.#typingUntil = Date.now() + TYPING_LASTS_MS
    else if (typing.size === 0) this.#typingUntil = 0
    this.#options.onChange()
  }
}
