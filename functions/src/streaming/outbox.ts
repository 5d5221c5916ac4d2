/** Where a reader's bytes go: an HTTP response or a socket. */
export interface Sink {
  /**
   * False when the reader is behind: the bytes are taken all the same, and `Outbox.drained` is called once it has caught
   * up. `endsEvent`: nothing of this event follows.
   */
  write(bytes: Buffer, endsEvent: boolean): boolean
  /** Ends politely, after what was written. */
  end(): void
  /** Ends now. */
  destroy(): void
}

export interface OutboxLimits {
  /** How many bytes of news may wait for a reader. A replay does not count: it must fit, or nobody could ever begin. */
  maxQueuedBytes: number
  /** How long a reader may take nothing while something waits for it, ms. */
  maxStallMs: number
}

/** `after-queue` says what is still waiting first; `at-once` drops it. */
export type Farewell = 'after-queue' | 'at-once'

/**
 * What waits for one reader. Fan-out never waits: `send` hands the bytes over, keeps them for a slow reader, or
 * refuses. The bytes are shared by all readers, so a thousand slow ones hold one copy.
 */
export interface Outbox {
  /** False when the reader is too slow to be kept. */
  send(bytes: Buffer): boolean
  /** Queues a reader's own beginning: not counted, and in slices so that its progress can be seen. */
  replay(bytes: Buffer): void
  drained(): void
  /** True when the reader has taken nothing for too long. */
  isStalled(now: number): boolean
  /** Says the last words and ends the sink; nothing is taken after that. */
  finish(lastWords: Buffer, farewell: Farewell): void
  queuedBytes(): number
}

const SLICE_BYTES = 64 * 1024

type Piece = {
  readonly bytes: Buffer
  readonly counted: boolean
  readonly startsEvent: boolean
  readonly endsEvent: boolean
}

export function createOutbox(sink: Sink, limits: OutboxLimits, now: () => number): Outbox {
  let queue: Piece[] = []
  let counted = 0
  let blockedSince: number | undefined
  let finishing = false
  let ended = false

  function flush(): void {
    while (blockedSince === undefined && queue.length > 0) {
      const piece = queue.shift()
      if (piece === undefined) return
      if (piece.counted) counted -= piece.bytes.length
      if (!sink.write(piece.bytes, piece.endsEvent)) blockedSince = now()
    }
    if (!finishing || queue.length > 0 || ended) return
    ended = true
    sink.end()
  }

  function enqueue(bytes: Buffer, isCounted: boolean): void {
    for (let at = 0; at < bytes.length; at += SLICE_BYTES) {
      queue.push({
        bytes: bytes.subarray(at, at + SLICE_BYTES),
        counted: isCounted,
        startsEvent: at === 0,
        endsEvent: at + SLICE_BYTES >= bytes.length,
      })
    }
    if (isCounted) counted += bytes.length
    flush()
  }

  return {
    send(bytes) {
      if (finishing) return true
      if (counted > 0 && counted + bytes.length > limits.maxQueuedBytes) return false
      enqueue(bytes, true)
      return true
    },
    replay(bytes) {
      if (!finishing) enqueue(bytes, false)
    },
    drained() {
      blockedSince = undefined
      flush()
    },
    isStalled: (at) => blockedSince !== undefined && at - blockedSince > limits.maxStallMs,
    finish(lastWords, farewell) {
      if (finishing) return
      if (farewell === 'at-once') {
        // What is left of an event already begun must still go out: last words in its midst would garble both.
        const next = queue.findIndex(({ startsEvent }) => startsEvent)
        queue = next === -1 ? queue : queue.slice(0, next)
        counted = queue.reduce((sum, piece) => sum + (piece.counted ? piece.bytes.length : 0), 0)
      }
      finishing = true
      enqueue(lastWords, false)
    },
    queuedBytes: () => counted,
  }
}
