import type { CheckRecord, Urgency } from '@lifeline/functions/contract'
import { toDeviceTimestamp } from '../ui/format-time.ts'
import { CallSignals, type SignalPort } from './call-signals.ts'
import { readMessages, type FeedMessage } from './feed.ts'
import { newId } from './new-id.ts'
import { CallKeeper, findCall, isStored, readCalls, type OpenCall, type OwnCalls } from './open-call.ts'
import { Outbox, type OutboxEntry, type OutboxStorage } from './outbox.ts'
import type { Place } from './signals.ts'
import { Sender, type WritePort } from './sender.ts'

/** Who is calling. */
export type Caller = { uid: string; companyId: string; mobileNo: string }

/** The database as one worker may use it. Watchers return how to stop them. */
export type CallDatabase = WritePort &
  SignalPort & {
    watchConnected: (listener: (isConnected: boolean) => void) => () => void
    /** The worker's own calls by id, as stored. */
    watchCalls: (uid: string, listener: (calls: unknown) => void) => () => void
    /** The messages of one's own existing conversation; `onRefused` when they may not be read any more. */
    watchMessages: (
      conversationId: string,
      listener: (messages: unknown) => void,
      onRefused: () => void,
    ) => () => void
  }

export type CallLineState = {
  isConnected: boolean
  /** Whether it is known if a call of this worker is active. */
  hasLooked: boolean
  call: OpenCall | undefined
  /** What the database has of the conversation, in order. */
  stored: readonly FeedMessage[]
  /** Whether new messages of others still reach us. */
  isReadable: boolean
  outbox: readonly OutboxEntry[]
  /** The furthest that a dispatcher has seen. */
  seen: Place | null
  /** Until when a dispatcher is known to be writing, ms. */
  typingUntil: number
  /** The question whether the worker is OK, as the server has it. */
  check: CheckRecord | null
  /** Whether what waits survives leaving the page. */
  isDurable: boolean
}

/** A worker's line to the dispatchers: the call on the screen, what was said, and what still waits to be sent. */
export class CallLine {
  readonly #caller: Caller
  readonly #database: CallDatabase
  readonly #outbox: Outbox
  readonly #sender: Sender
  readonly #keeper: CallKeeper
  readonly #listeners = new Set<() => void>()
  readonly #stops: (() => void)[]
  #stopMessages: (() => void) | undefined
  #signals: CallSignals | undefined
  #watched: string | undefined
  #calls: OwnCalls | undefined
  #state: CallLineState

  constructor(caller: Caller, database: CallDatabase, storage: OutboxStorage) {
    this.#caller = caller
    this.#database = database
    this.#outbox = new Outbox(storage, caller.uid)
    this.#sender = new Sender(this.#outbox, database)
    this.#keeper = new CallKeeper(storage, caller.uid)
    const kept = this.#keeper.load()
    this.#state = {
      isConnected: false,
      hasLooked: false,
      call: kept?.call,
      stored: kept?.stored ?? [],
      isReadable: true,
      seen: null,
      typingUntil: 0,
      check: null,
      outbox: this.#outbox.entries(),
      isDurable: true,
    }
    this.#stops = [
      this.#outbox.subscribe(() => this.#update()),
      database.watchConnected((isConnected) => {
        this.#update({ isConnected })
        if (!isConnected) return
        this.#sender.wake()
        this.#signals?.tellContact()
      }),
      database.watchCalls(caller.uid, (calls) => {
        this.#calls = readCalls(calls)
        this.#update()
      }),
    ]
    this.#update()
    this.#sender.wake()
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  readonly state = (): CallLineState => this.#state

  /** Starts a call; it is on the screen at once and with the server as soon as there is a way to it. */
  start(urgency: Urgency): void {
    const { uid, companyId, mobileNo } = this.#caller
    this.#outbox.add({
      kind: 'call',
      call_id: newId('call'),
      conversation_id: newId('conv'),
      worker_id: uid,
      company_id: companyId,
      mobile_no: mobileNo,
      urgency,
      timestamp: toDeviceTimestamp(Date.now()),
    })
    this.#sender.wake()
  }

  say(content: string): void {
    const { call } = this.#state
    if (call === undefined) throw new Error('nobody is being called')
    this.#outbox.add({
      kind: 'message',
      message_id: newId('msg'),
      call_id: call.call_id,
      conversation_id: call.conversation_id,
      worker_id: this.#caller.uid,
      content,
      timestamp: toDeviceTimestamp(Date.now()),
    })
    this.#sender.wake()
  }

  /**
   * "I'm OK", to the question that was asked.
   *
   * @param proof derived from a word that was typed with it
   */
  answer(checkId: string, proof?: string): void {
    const { call } = this.#state
    if (call === undefined) throw new Error('nobody is being called')
    this.#outbox.add({
      kind: 'answer',
      check_id: checkId,
      call_id: call.call_id,
      conversation_id: call.conversation_id,
      worker_id: this.#caller.uid,
      timestamp: toDeviceTimestamp(Date.now()),
      ...(proof !== undefined && { proof }),
    })
    this.#sender.wake()
  }

  /**
   * Ends the call, after everything that still waits to be sent.
   *
   * @param proof derived from a word that was typed with it
   */
  end(proof?: string): void {
    const { call } = this.#state
    if (call === undefined) throw new Error('nobody is being called')
    this.#outbox.add({
      kind: 'end',
      call_id: call.call_id,
      conversation_id: call.conversation_id,
      worker_id: this.#caller.uid,
      timestamp: toDeviceTimestamp(Date.now()),
      ...(proof !== undefined && { proof }),
    })
    this.#sender.wake()
  }

  /** Everything that is stored has been on the screen. */
  readonly read = (): void => this.#signals?.tellSeen(this.#state.stored)

  /** At every key: whether something is being written. */
  type(isTyping: boolean): void {
    this.#signals?.tellTyping(isTyping)
  }

  /** Leaves a call that has ended or was refused, so that another can be started. */
  leave(): void {
    const { call } = this.#state
    if (call?.phase !== 'ended' && call?.phase !== 'refused') return
    this.#state = {
      ...this.#state,
      call: undefined,
      stored: [],
      isReadable: true,
      seen: null,
      typingUntil: 0,
      check: null,
    }
    this.#outbox.discard(call.conversation_id)
  }

  /** Another tab has changed what is stored on the device. */
  refresh(): void {
    this.#outbox.refresh()
    this.#sender.wake()
  }

  /** Stops everything; `forget` also removes what is kept on the device for this worker. */
  close({ forget = false } = {}): void {
    this.#sender.stop()
    for (const stop of this.#stops) stop()
    this.#stopMessages?.()
    this.#signals?.close()
    if (forget) this.#keeper.save(undefined, [])
  }

  #update(patch: Partial<CallLineState> = {}): void {
    const before = this.#state
    const outbox = this.#outbox.entries()
    const call = findCall(before.call, this.#calls, outbox)
    const hasLooked = this.#calls !== undefined || call !== undefined
    this.#state = { ...before, ...patch, call, outbox, hasLooked, isDurable: this.#outbox.isDurable }
    this.#keeper.save(call, this.#state.stored)
    this.#watchConversationOf(call)
    for (const listener of this.#listeners) listener()
  }

  #isOver(): boolean {
    return this.#state.call?.phase === 'ended'
  }

  #watchConversationOf(call: OpenCall | undefined): void {
    // Asked for before its call is stored, it would be refused, and the SDK would never ask again.
    const isReady = call !== undefined && isStored(call, this.#outbox.entries())
    const conversationId = isReady ? call.conversation_id : undefined
    if (conversationId === this.#watched) return
    this.#stopMessages?.()
    this.#stopMessages = undefined
    this.#signals?.close()
    this.#signals = undefined
    this.#watched = conversationId
    if (conversationId === undefined) return
    const signals = new CallSignals({
      port: this.#database,
      conversationId,
      uid: this.#caller.uid,
      mayTell: () => this.#state.isConnected && this.#state.call?.phase === 'active',
      onChange: () => {
        if (this.#watched === conversationId) this.#update(signalled())
      },
    })
    const signalled = () =>
      this.#isOver() ? {} : { seen: signals.seen, typingUntil: signals.typingUntil, check: signals.check }
    this.#signals = signals
    this.#stopMessages = this.#database.watchMessages(
      conversationId,
      (messages) => {
        // What is archived goes from the database; what was said stays on the screen.
        if (messages === null && this.#state.stored.length > 0) return
        // Over is over, also where the server knows better than whoever looks at this screen.
        if (this.#isOver() && this.#state.stored.length > 0) return
        this.#update({ stored: readMessages(messages, this.#caller.uid), isReadable: true })
      },
      () => this.#update({ isReadable: false }),
    )
  }
}
