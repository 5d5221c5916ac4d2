import { Backends, readTriggers } from './trigger.ts'
import type { Trigger } from './trigger.ts'
import type { TriggerEvent } from './trigger-event.ts'

const listingMaxAgeMs = 1000
const listingTimeoutMs = 5000
/** Names of one function that are tried: it gets a new one each time the background functions are switched on again. */
const maxGenerations = 100

interface FunctionsEmulatorOptions {
  /** Such as `http://127.0.0.1:5001`. */
  readonly origin: string
  readonly project: string
  /** Monotonic milliseconds. */
  readonly clock?: () => number
}

/** `unreachable` may be tried again; all else is final, a function that failed included. */
export type DeliveryOutcome = 'called' | 'failed' | 'no-such-function' | 'switched-off' | 'unreachable'

/** The functions emulator of firebase-tools: which database functions it has, and calling them. */
export class FunctionsEmulator {
  readonly #origin: string
  readonly #project: string
  readonly #clock: () => number
  readonly #generations = new Map<string, number>()
  readonly #closing = new AbortController()
  #listing: { readonly triggers: Promise<readonly Trigger[]>; readonly at: number } | null = null

  constructor({ origin, project, clock = () => performance.now() }: FunctionsEmulatorOptions) {
    this.#origin = origin
    this.#project = project
    this.#clock = clock
  }

  /** The triggers, at most a second old: editing the source changes them. None while the emulator is not there. */
  triggers(): Promise<readonly Trigger[]> {
    const now = this.#clock()
    if (this.#listing === null || now - this.#listing.at > listingMaxAgeMs) {
      this.#listing = { triggers: this.#list(), at: now }
    }
    return this.#listing.triggers
  }

  /** Calls a function and waits until it has ended. */
  async deliver(trigger: Trigger, event: TriggerEvent): Promise<DeliveryOutcome> {
    const known = this.#generations.get(trigger.id) ?? 0
    const outcome = await this.#deliverFrom(known, trigger, event)
    // An emulator that was started anew counts from 0 again.
    return outcome === 'no-such-function' && known > 0 ? this.#deliverFrom(0, trigger, event) : outcome
  }

  /** Ends every call that is under way. */
  close(): void {
    this.#closing.abort()
  }

  async #deliverFrom(first: number, trigger: Trigger, event: TriggerEvent): Promise<DeliveryOutcome> {
    for (let generation = first; generation < first + maxGenerations; generation += 1) {
      const status = await this.#post(`${trigger.id}-${generation}`, event)
      if (status === null) return 'unreachable'
      if (status === 404) return generation === first ? 'no-such-function' : 'switched-off'
      if (status !== 204) {
        this.#generations.set(trigger.id, generation)
        return status < 400 ? 'called' : 'failed'
      }
    }
    return 'switched-off'
  }

  /** The status of the answer; null when there was none. */
  async #post(name: string, { contentType, body }: TriggerEvent): Promise<number | null> {
    const url = `${this.#origin}/functions/projects/${this.#project}/triggers/${encodeURIComponent(name)}`
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': contentType },
        body,
        signal: this.#closing.signal,
      })
      await response.arrayBuffer()
      return response.status
    } catch {
      return null
    }
  }

  async #list(): Promise<readonly Trigger[]> {
    const signal = AbortSignal.any([this.#closing.signal, AbortSignal.timeout(listingTimeoutMs)])
    try {
      const response = await fetch(`${this.#origin}/backends`, { signal })
      const { data } = Backends.safeParse(await response.json())
      return data === undefined ? [] : readTriggers(data)
    } catch {
      // Not started yet, or on its way down: there is nothing to call.
      return []
    }
  }
}
