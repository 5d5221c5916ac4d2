import { anonymous } from '../auth/access.ts'
import type { Access } from '../auth/access.ts'
import { StorageError } from '../namespace.ts'
import type { Namespace } from '../namespace.ts'
import { InvalidDataError } from '../tree/invalid-data-error.ts'
import type { Write } from '../write-set.ts'
import { DisconnectWrites } from './disconnect-writes.ts'
import { FrameReader, toFrames } from './frames.ts'
import { Listens } from './listens.ts'
import { formatControl, formatReply, parseClientMessage } from './messages.ts'
import type { Reply } from './messages.ts'
import { answer } from './requests.ts'

interface ConnectionOptions {
  readonly namespace: Namespace
  readonly now: () => number
  /** Takes one frame; frames leave in the order of the calls. */
  readonly send: (frame: string) => void
}

/**
 * By how much the greeting's time is ahead. A client takes it for the time at which it reads it, so that on one
 * machine, where both read one clock, an exact time makes every client find the server behind by as long as its
 * reading took. How long that will be no server can know: it is the client's own start, 2 to 12 ms on an idle machine,
 * and what else the machine has to do. So this is a convention and no measurement: more than an idle machine needs,
 * less than anybody sees, and no bound under load (decision 1).
 */
const GREETING_LEAD_MS = 20

/** One client's connection to one namespace, whatever carries its frames. */
export class Connection {
  readonly namespace: Namespace
  readonly now: () => number
  readonly listens: Listens
  readonly disconnectWrites = new DisconnectWrites()
  readonly #sendFrame: (frame: string) => void
  readonly #reader = new FrameReader()
  #access: Access = anonymous
  #open = true

  constructor({ namespace, now, send }: ConnectionOptions) {
    this.namespace = namespace
    this.now = now
    this.#sendFrame = send
    this.listens = new Listens(namespace, (message) => this.#send(message))
  }

  get access(): Access {
    return this.#access
  }

  /** Somebody signed in or out: every listen is judged again. */
  setAccess(access: Access): void {
    this.#access = access
    this.listens.setAccess(access)
  }

  /** Greets the client. @param host the name under which it reached us */
  greet(host: string, sessionId: string): void {
    this.#send(formatControl('h', { ts: this.now() + GREETING_LEAD_MS, v: '5', h: host, s: sessionId }))
  }

  /** Takes one frame of the client. @throws ProtocolError when the connection has to be closed for it. */
  receive(frame: string): void {
    const text = this.#reader.read(frame)
    if (text === null || !this.#open) return
    const message = parseClientMessage(text)
    if (message.kind === 'request') {
      this.#send(formatReply(message.number, this.#answer(message.action, message.body)))
    } else if (message.type === 'p') {
      this.#send(formatControl('o', null))
    }
  }

  /**
   * The client is gone, for whatever reason: its listens end, and its on-disconnect writes run, once. They are one
   * change, or each its own where one of them cannot be made.
   */
  close(): void {
    if (!this.#open) return
    this.#open = false
    this.listens.closeAll()
    const { groups } = this.disconnectWrites
    const written = this.#writeOnDisconnect(groups)
    if (!written && groups.length > 1) for (const writes of groups) this.#writeOnDisconnect([writes])
  }

  /**
   * Writes all of it as one change. Nobody is left to be told that the rules refuse it now, or that something adds up
   * to no number.
   * @returns false when that happened, and nothing was written
   */
  #writeOnDisconnect([first, ...followedBy]: readonly (readonly Write[])[]): boolean {
    if (first === undefined) return true
    try {
      const { status } = this.namespace.commit({ writes: first, followedBy, access: this.#access })
      return status === 'ok'
    } catch (error) {
      if (error instanceof InvalidDataError) return false
      if (!(error instanceof StorageError)) throw error
      process.emitWarning(error)
      return true
    }
  }

  #answer(action: string, body: unknown): Reply {
    try {
      return answer(this, action, body)
    } catch (error) {
      if (error instanceof InvalidDataError) return { status: 'invalid_data', data: error.message }
      if (error instanceof StorageError)
        return { status: 'unavailable', data: 'The write could not be stored' }
      process.emitWarning(error instanceof Error ? error : String(error))
      return { status: 'internal_error', data: 'Internal error' }
    }
  }

  #send(message: string): void {
    if (this.#open) for (const frame of toFrames(message)) this.#sendFrame(frame)
  }
}
