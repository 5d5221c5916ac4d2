import { expect, test } from 'vitest'
import { formatClock } from '../ui/format-time.ts'
import type { StreamState } from './event-stream.ts'
import { describeFreshness, knownUntil } from './freshness.ts'

const at = Date.UTC(2025, 9, 3, 12)
const clock = formatClock(at)
const state = (patch: Partial<StreamState>): StreamState => ({
  status: 'live',
  lostSince: at + 1_000,
  retryAt: null,
  failures: 0,
  heardAt: at,
  refusal: null,
  ...patch,
})

test.each([
  [state({ status: 'connecting', heardAt: null }), null, 'Connecting', true],
  [state({ status: 'live' }), null, 'Live', false],
  [state({ status: 'waiting' }), null, 'Reconnecting, 12 s', true],
  [state({ status: 'reconnecting' }), null, 'Reconnecting, 12 s', true],
  [state({ status: 'waiting', heardAt: null }), null, 'Cannot connect, 12 s', true],
  [state({ status: 'offline' }), null, `Offline: showing ${clock}`, true],
  [state({ status: 'offline', heardAt: null }), null, 'Offline', true],
  [state({ status: 'waiting' }), at + 5_000, `Not live: showing ${formatClock(at + 5_000)}`, true],
  [state({ status: 'waiting' }), at + 5_000 - 60_000, 'Reconnecting, 12 s', true],
  [state({ status: 'offline' }), at - 5_000, `Offline: showing ${clock}`, true],
  [state({ status: 'waiting' }), at - 5_000, 'Reconnecting, 12 s', true],
  [state({ status: 'ended' }), null, 'Ended', false],
  [state({ status: 'denied' }), null, 'No access', true],
  [state({ status: 'signed-out' }), null, 'Signed out', true],
])('a stream that is %o with a snapshot at %o reads %j', (stream, snapshotAt, words, isStale) => {
  expect(describeFreshness(stream, { snapshotAt }, at + 13_000)).toMatchObject({ words, isStale })
})

test('what is heard does not tick', () => {
  const spoken = [13_000, 14_000].map(
    (later) => describeFreshness(state({ status: 'waiting' }), { snapshotAt: null }, at + later).spoken,
  )
  expect(spoken).toEqual(['Reconnecting', 'Reconnecting'])
})

test('clocks stand still where knowledge ends', () => {
  expect(knownUntil(state({ status: 'live' }), { snapshotAt: null }, at + 9)).toBe(at + 9)
  expect(knownUntil(state({ status: 'offline' }), { snapshotAt: null }, at + 9)).toBe(at)
  expect(knownUntil(state({ status: 'waiting' }), { snapshotAt: at + 5 }, at + 9)).toBe(at + 5)
})
