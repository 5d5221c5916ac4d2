import { describe, expect, test } from 'vitest'
import { isEngaged, isFinal, nextStatus, type StreamSignal, type StreamStatus } from './stream-status.ts'

const SIGNALS: readonly StreamSignal[] = [
  'opened',
  'lost',
  'cut-off',
  'retry',
  'end',
  'deny',
  'expire',
  'close',
]

/** Written out by hand, one row a status, in the order of SIGNALS. */
const TABLE: Record<StreamStatus, readonly StreamStatus[]> = {
  connecting: ['live', 'waiting', 'offline', 'connecting', 'ended', 'denied', 'signed-out', 'closed'],
  live: ['live', 'waiting', 'offline', 'reconnecting', 'ended', 'denied', 'signed-out', 'closed'],
  reconnecting: ['live', 'waiting', 'offline', 'reconnecting', 'ended', 'denied', 'signed-out', 'closed'],
  waiting: ['waiting', 'waiting', 'offline', 'reconnecting', 'ended', 'denied', 'signed-out', 'closed'],
  offline: ['offline', 'waiting', 'offline', 'reconnecting', 'ended', 'denied', 'signed-out', 'closed'],
  ended: Array<StreamStatus>(8).fill('ended'),
  denied: Array<StreamStatus>(8).fill('denied'),
  'signed-out': Array<StreamStatus>(8).fill('signed-out'),
  closed: Array<StreamStatus>(8).fill('closed'),
}

const STATUSES = Object.keys(TABLE) as StreamStatus[]

describe('the state of a stream', () => {
  for (const status of STATUSES) {
    test.each(SIGNALS.map((signal, index) => [signal, TABLE[status][index]] as const))(
      `${status} becomes, on %s, %s`,
      (signal, expected) => {
        expect(nextStatus(status, signal)).toBe(expected)
      },
    )
  }

  test('is live only after an answer of the server', () => {
    for (const status of STATUSES.filter((each) => each !== 'live')) {
      for (const signal of SIGNALS.filter((each) => each !== 'opened')) {
        expect(nextStatus(status, signal)).not.toBe('live')
      }
    }
  })

  test('is never left once it is final', () => {
    for (const status of STATUSES.filter(isFinal)) {
      expect(isEngaged(status)).toBe(false)
      for (const signal of SIGNALS) expect(nextStatus(status, signal)).toBe(status)
    }
  })

  test('has a way back from everything that is not final', () => {
    for (const status of STATUSES.filter((each) => !isFinal(each))) {
      expect(nextStatus(nextStatus(status, 'retry'), 'opened')).toBe('live')
    }
  })
})
