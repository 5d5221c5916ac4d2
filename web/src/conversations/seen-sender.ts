import { UnreachableError } from '../api/errors.ts'

export type SeenPorts = {
  /** Resolves when the server has the mark, throws as the client does. */
  send: (messageId: string) => Promise<unknown>
  delay: (ms: number) => Promise<void>
}

/** Wait before a mark that did not get through is sent again, ms. */
const RETRY_MS = 5_000

/** Tells the server how far somebody has read: one mark at a time, and only the latest. */
export class SeenSender {
  readonly #ports: SeenPorts
  #wanted: string | undefined
  #told: string | undefined
  #isSending = false

  constructor(ports: SeenPorts) {
    this.#ports = ports
  }

  /** `undefined`: there is nothing to tell any more. */
  want(messageId: string | undefined): void {
    this.#wanted = messageId
    if (!this.#isSending) void this.#drain()
  }

  async #drain(): Promise<void> {
    this.#isSending = true
    for (let id = this.#next(); id !== undefined; id = this.#next()) {
      try {
        await this.#ports.send(id)
        this.#told = id
      } catch (error) {
        if (error instanceof UnreachableError) await this.#ports.delay(RETRY_MS)
        // Refused: the call was lost or has ended meanwhile.
        else if (this.#wanted === id) this.#wanted = undefined
      }
    }
    this.#isSending = false
  }

  #next(): string | undefined {
    return this.#wanted === this.#told ? undefined : this.#wanted
  }
}
