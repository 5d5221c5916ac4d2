import { idOf, type NewWrite } from './call-writes.ts'
import type { Outbox, OutboxEntry } from './outbox.ts'
import { RetryLoop } from './retry-loop.ts'

/** What the sender needs of the database. */
export type WritePort = {
  /** Resolves when the server has it, however long the device is offline; rejects when it is refused. */
  send: (write: NewWrite) => Promise<void>
  /** Whether it is there already. Rejects when that cannot be found out. */
  isStored: (write: NewWrite) => Promise<boolean>
  /** Whether an error of `send` or `isStored` is a refusal by the rules. */
  isRefusal: (error: unknown) => boolean
}

/** Wait before an undecided write is tried again, ms. */
const RETRY_MS = 3_000

/** Sends what is in the outbox, one after the other, so that the server receives it in the order of writing. */
export class Sender {
  readonly #outbox: Outbox
  readonly #port: WritePort
  readonly #loop: RetryLoop<OutboxEntry>

  constructor(outbox: Outbox, port: WritePort, { retryMs = RETRY_MS } = {}) {
    this.#outbox = outbox
    this.#port = port
    this.#loop = new RetryLoop({
      next: () => outbox.next(),
      work: ({ write }) => this.#deliver(write),
      retryMs,
    })
  }

  /** Begins, unless it is at it already. */
  readonly wake = (): void => this.#loop.wake()

  stop(): void {
    this.#loop.stop()
  }

  async #deliver(write: NewWrite): Promise<boolean> {
    const id = idOf(write)
    this.#outbox.signal(id, 'start')
    try {
      await this.#port.send(write)
      this.#outbox.signal(id, 'acknowledged')
      return true
    } catch (error) {
      if (!this.#port.isRefusal(error)) {
        this.#outbox.signal(id, 'failed')
        return false
      }
    }
    this.#outbox.signal(id, 'denied')
    const isStored = await this.#port.isStored(write).catch(() => undefined)
    this.#outbox.signal(id, isStored === undefined ? 'failed' : isStored ? 'found' : 'missing')
    return isStored !== undefined
  }
}
