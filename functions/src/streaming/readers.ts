import type { Frame } from './frame.ts'
import type { LiveStream } from './live-stream.ts'
import { LIVE_UNAVAILABLE } from './with-timeout.ts'

/** The open streams of one room, each with what the room knows of its reader. */
export interface Readers<T> {
  /** Lets a stream in until it closes. */
  add(stream: LiveStream, reader: T): void
  /** Every open stream; it may be removed meanwhile. */
  entries(): Iterable<[LiveStream, T]>
  /** The same bytes to everybody; waits for nobody. */
  send(frame: Frame): void
  /** Says why to those who may not stay, and lets them go. */
  dismiss(mayStay: (reader: T) => boolean, error: string): void
  /** Says the end to everybody, after what they still have to get. */
  end(frame: Frame): void
  /** Tells everybody that nothing here is live any more. */
  lose(): void
  size(): number
}

export function createReaders<T>(): Readers<T> {
  const readers = new Map<LiveStream, T>()
  return {
    add(stream, reader) {
      if (stream.closed.aborted) return
      readers.set(stream, reader)
      stream.closed.addEventListener('abort', () => readers.delete(stream), { once: true })
    },
    entries: () => readers.entries(),
    send(frame) {
      for (const stream of readers.keys()) stream.send(frame)
    },
    dismiss(mayStay, error) {
      for (const [stream, reader] of readers) {
        if (mayStay(reader)) continue
        stream.fail('access-denied', error)
        readers.delete(stream)
      }
    },
    end(frame) {
      for (const stream of readers.keys()) stream.end(frame)
      readers.clear()
    },
    lose() {
      for (const stream of readers.keys()) stream.fail('unavailable', LIVE_UNAVAILABLE)
      readers.clear()
    },
    size: () => readers.size,
  }
}
