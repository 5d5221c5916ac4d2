import type { FirestoreError } from '../errors.ts'
import { invalidArgument } from '../errors.ts'
import type { Database } from '../store/database.ts'
import { fromMicros } from '../values/timestamp.ts'
import type { Sink } from './outbox.ts'
import { Outbox } from './outbox.ts'
import { resumeTokenOf } from './resume-token.ts'
import type { Target, Update } from './target.ts'
import type { Watchers } from './watchers.ts'

/** The SDKs take a stream that says nothing for two minutes for dead. */
const HEARTBEAT_MS = 30_000

/** A target that a client asked for. */
export interface TargetRequest {
  readonly targetId: number
  /** Where the client got to before; undefined for a client that knows nothing. */
  readonly resumeFrom: number | undefined
  /** The client knows results of a time that the server has no memory of. */
  readonly isForgotten: boolean
  /** End the target once its results were sent. */
  readonly once: boolean
}

interface Followed {
  readonly stop: () => void
}

/**
 * One client's Listen stream. Every message sequence ends in a moment (`NO_CHANGE` with a read time) at which
 * the client's results are those of the database. A client that is behind gets the latest state of what changed in
 * the meantime, not every step.
 */
export class ListenStream {
  readonly #database: Database
  readonly #watchers: Watchers
  readonly #describe: (document: NonNullable<Update['document']>) => object
  readonly #outbox: Outbox
  readonly #followed = new Map<number, Followed>()
  readonly #pending = new Map<string, { readonly targetId: number; readonly update: Update }>()
  readonly #heartbeat: NodeJS.Timeout
  #isClosed = false

  constructor(
    database: Database,
    watchers: Watchers,
    sink: Sink,
    describe: (document: NonNullable<Update['document']>) => object,
  ) {
    this.#database = database
    this.#watchers = watchers
    this.#describe = describe
    this.#outbox = new Outbox(sink, () => this.#flush())
    this.#heartbeat = setInterval(() => this.#beat(), HEARTBEAT_MS).unref()
  }

  /** Sends the target's results, then what changes in them. */
  add(request: TargetRequest, target: Target): void {
    if (this.#isClosed) return
    const { targetId, once } = request
    if (this.#followed.has(targetId)) throw invalidArgument(`Target ${targetId} is already in use.`)
    // The moment that this target's results end in is one of all targets.
    this.#flush(true)
    const version = this.#database.clock.read()
    const { updates, isReset } = this.#firstUpdates(request, target)
    this.#outbox.send([
      targetChange('ADD', [targetId]),
      ...(isReset ? [targetChange('RESET', [targetId])] : []),
      ...updates.map((update) => this.#message(targetId, update)),
      targetChange('CURRENT', [targetId], version),
      targetChange('NO_CHANGE', [], version),
    ])
    if (once) {
      this.#outbox.send([targetChange('REMOVE', [targetId])])
      return
    }
    const stop = this.#watchers.follow(target, (changes) => {
      for (const update of target.changed(changes)) {
        this.#pending.set(`${targetId} ${update.path}`, { targetId, update })
      }
      // After the turn, so that all targets of the stream are told of a commit at one moment.
      queueMicrotask(() => this.#flush())
    })
    this.#followed.set(targetId, { stop })
  }

  /** Tells the client that a target cannot be had, and why. */
  refuse(targetId: number, error: FirestoreError): void {
    const cause = { code: error.code, message: error.message }
    this.#outbox.send([{ targetChange: { targetChangeType: 'REMOVE', targetIds: [targetId], cause } }])
  }

  remove(targetId: number): void {
    this.#flush(true)
    this.#stop(targetId)
    this.#outbox.send([targetChange('REMOVE', [targetId])])
  }

  /** Follows nothing any more, whatever the client still sends. */
  close(): void {
    this.#isClosed = true
    clearInterval(this.#heartbeat)
    for (const targetId of this.#followed.keys()) this.#stop(targetId)
    this.#outbox.close()
  }

  #stop(targetId: number): void {
    this.#followed.get(targetId)?.stop()
    this.#followed.delete(targetId)
    for (const [key, pending] of this.#pending) if (pending.targetId === targetId) this.#pending.delete(key)
  }

  #firstUpdates(
    { resumeFrom, isForgotten }: TargetRequest,
    target: Target,
  ): { readonly updates: readonly Update[]; readonly isReset: boolean } {
    if (resumeFrom === undefined || resumeFrom < this.#database.log.floor) {
      return { updates: target.initial(), isReset: isForgotten || resumeFrom !== undefined }
    }
    return { updates: target.since(resumeFrom), isReset: false }
  }

  /** Sends what is pending, unless the client is behind; `always` is for when something else is to follow it. */
  #flush(always = false): void {
    if ((this.#outbox.isBehind && !always) || this.#pending.size === 0) return
    const messages = [...this.#pending.values()].map(({ targetId, update }) =>
      this.#message(targetId, update),
    )
    this.#pending.clear()
    this.#outbox.send([...messages, targetChange('NO_CHANGE', [], this.#database.clock.read())])
  }

  #beat(): void {
    if (this.#outbox.isBehind) return
    this.#flush()
    this.#outbox.send([targetChange('NO_CHANGE', [], this.#database.clock.read())])
  }

  #message(targetId: number, { path, document, isDeleted }: Update): object {
    if (document !== undefined) {
      return { documentChange: { document: this.#describe(document), targetIds: [targetId] } }
    }
    const gone = {
      document: `${this.#database.name}/documents/${path}`,
      removedTargetIds: [targetId],
      readTime: fromMicros(this.#database.clock.read()),
    }
    return isDeleted ? { documentDelete: gone } : { documentRemove: gone }
  }
}

function targetChange(targetChangeType: string, targetIds: readonly number[], version?: number): object {
  const position =
    version === undefined ? {} : { readTime: fromMicros(version), resumeToken: resumeTokenOf(version) }
  return { targetChange: { targetChangeType, targetIds, ...position } }
}
