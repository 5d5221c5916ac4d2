import { setTimeout as wait } from 'node:timers/promises'

import type { Commit } from '../namespace.ts'
import type { FunctionsEmulator } from './functions-emulator.ts'
import { triggerEvents } from './trigger-event.ts'
import type { TriggerEvent } from './trigger-event.ts'
import type { Trigger } from './trigger.ts'

/** A function that cannot keep up loses what comes beyond this many events, and says so. */
const maxWaiting = 10_000
const attempts = 5
const retryDelayMs = 100

/**
 * Calls functions for the writes that they wait for: after the commit and off its path, in the order of the writes
 * for each function, one call at a time. Every event has an id of its own that it keeps when it is tried again.
 */
export class TriggerDispatcher {
  readonly #emulator: FunctionsEmulator
  readonly #queues = new Map<string, { waiting: number; last: Promise<void> }>()
  #commits: Promise<void> = Promise.resolve()
  readonly #closing = new AbortController()

  constructor(emulator: FunctionsEmulator) {
    this.#emulator = emulator
  }

  /** Takes a write; returns at once. */
  dispatch(commit: Commit): void {
    if (!commit.triggers || this.#closed) return
    this.#commits = this.#commits.then(() => this.#enqueue(commit))
  }

  /** Resolves when every function has ended that the writes so far call. */
  async idle(): Promise<void> {
    await this.#commits
    await Promise.all([...this.#queues.values()].map(({ last }) => last))
  }

  /** Drops what waits and ends the calls under way. */
  async close(): Promise<void> {
    this.#closing.abort()
    this.#emulator.close()
    await this.idle()
  }

  get #closed(): boolean {
    return this.#closing.signal.aborted
  }

  async #enqueue(commit: Commit): Promise<void> {
    const triggers = await this.#emulator.triggers()
    if (this.#closed) return
    for (const trigger of triggers) {
      for (const event of triggerEvents(trigger, commit)) this.#queue(trigger, event)
    }
  }

  #queue(trigger: Trigger, event: TriggerEvent): void {
    const queue = this.#queues.get(trigger.id) ?? { waiting: 0, last: Promise.resolve() }
    this.#queues.set(trigger.id, queue)
    if (queue.waiting >= maxWaiting) {
      process.emitWarning(`Function ${trigger.id} has ${maxWaiting} events waiting: one was dropped`)
      return
    }
    queue.waiting += 1
    const previous = queue.last
    queue.last = (async () => {
      await previous
      await this.#deliver(trigger, event)
      queue.waiting -= 1
      if (queue.waiting === 0) this.#queues.delete(trigger.id)
    })()
  }

  /** Ends early when the dispatcher closes. */
  async #pause(ms: number): Promise<void> {
    const { signal } = this.#closing
    await wait(ms, undefined, { ref: false, signal }).catch((error: unknown) => {
      if (!signal.aborted) throw error
    })
  }

  async #deliver(trigger: Trigger, event: TriggerEvent): Promise<void> {
    for (let attempt = 1; attempt <= attempts && !this.#closed; attempt += 1) {
      const outcome = await this.#emulator.deliver(trigger, event)
      if (outcome !== 'unreachable') return
      if (attempt < attempts) await this.#pause(retryDelayMs * 2 ** attempt)
    }
    if (!this.#closed)
      process.emitWarning(`Function ${trigger.id} could not be reached: an event was dropped`)
  }
}
