import {
  PHOTO_WORDS,
  placeWords,
  VOICE_WORDS,
  type LocationAttachment,
  type Urgency,
} from '@lifeline/functions/contract'
import { toDeviceTimestamp } from '../ui/format-time.ts'
import type { CallDatabase, CallLineState } from './call-line-state.ts'
import { CallSignals } from './call-signals.ts'
import { readMessages } from './feed.ts'
import { needsUpload, type NewMessage } from './call-writes.ts'
import { newId } from './new-id.ts'
import { CallKeeper, findCall, isStored, readCalls, type OpenCall, type OwnCalls } from './open-call.ts'
import { Outbox, type OutboxStorage } from './outbox.ts'
import { Sender } from './sender.ts'
import { Uploader, type MediaPort } from './uploader.ts'

/** Who is calling. */
export type Caller = { uid: string; companyId: string; mobileNo: string }

/** A worker's line to the dispatchers: the call on the screen, what was said, and what still waits to be sent. */
export class CallLine {
  readonly #caller: Caller
  readonly #database: CallDatabase
  readonly #outbox: Outbox
  readonly #sender: Sender
  readonly #uploader: Uploader
  readonly #media: MediaPort
  readonly #keeper: CallKeeper
  readonly #listeners = new Set<() => void>()
  readonly #stops: (() => void)[]
  #stopMessages: (() => void) | undefined
  #signals: CallSignals | undefined
  #watched: string | undefined
  #calls: OwnCalls | undefined
  #state: CallLineState

  constructor(caller: Caller, database: CallDatabase, storage: OutboxStorage, media: MediaPort) {
    this.#media = media
    this.#caller = caller
    this.#database = database
    this.#outbox = new Outbox(storage, caller.uid)
    this.#sender = new Sender(this.#outbox, database)
    this.#uploader = new Uploader(this.#outbox, media, (uploads) => this.#update({ uploads }))
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
      uploads: new Map(),
      mediaProblem: null,
      isDurable: true,
    }
    this.#stops = [
      this.#outbox.subscribe(() => {
        this.#update()
        this.#wake()
      }),
      database.watchConnected((isConnected) => {
        this.#update({ isConnected })
        if (!isConnected) return
        this.#wake()
        this.#signals?.tellContact()
      }),
      database.watchCalls(caller.uid, (calls) => {
        this.#calls = readCalls(calls)
        this.#update()
      }),
    ]
    this.#update()
    this.#wake()
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
    this.#add({ content })
  }

  /** Says where the worker is. */
  tellPlace(place: LocationAttachment): void {
    this.#add({ content: placeWords(place), attachment: place })
  }

  /** Sends a photo or a recording, as soon as it is through. */
  async show(media: 'image' | 'audio', blob: Blob): Promise<void> {
    const id = newId('msg')
    try {
      await this.#media.blobs.put(id, blob)
    } catch {
      this.#update({ mediaProblem: 'This phone has no room for it. Free some, or write what you see.' })
      return
    }
    this.#update({ mediaProblem: null })
    this.#add({ content: media === 'image' ? PHOTO_WORDS : VOICE_WORDS, media }, id)
  }

  /** The bytes of a photo or a recording that is on this phone. */
  readonly mediaOf = (messageId: string): Promise<Blob | undefined> => this.#media.blobs.get(messageId)

  /** Sends once more what was refused. */
  retry(messageId: string): void {
    this.#outbox.retry(messageId)
  }

  /** Forgets what was refused. */
  drop(messageId: string): void {
    this.#outbox.drop(messageId)
    void this.#media.blobs.remove(messageId)
  }

  #add(message: Pick<NewMessage, 'content' | 'attachment' | 'media'>, messageId = newId('msg')): void {
    const { call } = this.#state
    if (call === undefined) throw new Error('nobody is being called')
    this.#outbox.add({
      kind: 'message',
      message_id: messageId,
      call_id: call.call_id,
      conversation_id: call.conversation_id,
      worker_id: this.#caller.uid,
      timestamp: toDeviceTimestamp(Date.now()),
      ...message,
    })
  }

  readonly #wake = (): void => {
    this.#sender.wake()
    this.#uploader.wake()
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
    for (const { write } of this.#outbox.entries()) {
      if (needsUpload(write) && write.conversation_id === call.conversation_id) {
        void this.#media.blobs.remove(write.message_id)
      }
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
    this.#uploader.stop()
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
    const callId = call?.call_id
    if (conversationId === this.#watched) return
    this.#stopMessages?.()
    this.#stopMessages = undefined
    this.#signals?.close()
    this.#signals = undefined
    this.#watched = conversationId
    if (conversationId === undefined || callId === undefined) return
    const signals = new CallSignals({
      port: this.#database,
      conversationId,
      callId,
      companyId: this.#caller.companyId,
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
