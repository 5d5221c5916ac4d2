/**
 * Where an event stream stands, as a total table (STYLE 11): a new status or signal does not compile until
 * every cell is decided.
 */

/** `waiting` and `offline` hold a timer for the next attempt; `connecting` and `reconnecting` have one in flight. */
export type StreamStatus =
  | 'connecting'
  | 'live'
  | 'reconnecting'
  | 'waiting'
  | 'offline'
  | 'ended'
  | 'denied'
  | 'signed-out'
  | 'closed'

/**
 * - `opened`: the server answered with an event stream.
 * - `lost`: the attempt failed or the stream broke; `cut-off`: the same while the device says that it has no network.
 * - `retry`: the timer ran out, a person asked, or the device doubts its connection.
 * - `end`: the server says that the conversation is over. `deny`: it will not show it. `expire`: nobody is signed in.
 * - `close`: the reader left.
 */
export type StreamSignal = 'opened' | 'lost' | 'cut-off' | 'retry' | 'end' | 'deny' | 'expire' | 'close'

const stay = (status: StreamStatus): Record<StreamSignal, StreamStatus> => ({
  opened: status,
  lost: status,
  'cut-off': status,
  retry: status,
  end: status,
  deny: status,
  expire: status,
  close: status,
})

const FINAL = { end: 'ended', deny: 'denied', expire: 'signed-out', close: 'closed' } as const

const NEXT: Record<StreamStatus, Record<StreamSignal, StreamStatus>> = {
  connecting: { opened: 'live', lost: 'waiting', 'cut-off': 'offline', retry: 'connecting', ...FINAL },
  live: { opened: 'live', lost: 'waiting', 'cut-off': 'offline', retry: 'reconnecting', ...FINAL },
  reconnecting: { opened: 'live', lost: 'waiting', 'cut-off': 'offline', retry: 'reconnecting', ...FINAL },
  // Nothing is in flight in these two, so an answer here belongs to an attempt that was given up.
  waiting: { opened: 'waiting', lost: 'waiting', 'cut-off': 'offline', retry: 'reconnecting', ...FINAL },
  offline: { opened: 'offline', lost: 'waiting', 'cut-off': 'offline', retry: 'reconnecting', ...FINAL },
  ended: stay('ended'),
  denied: stay('denied'),
  'signed-out': stay('signed-out'),
  closed: stay('closed'),
}

/** The status that follows. */
export function nextStatus(status: StreamStatus, signal: StreamSignal): StreamStatus {
  return NEXT[status][signal]
}

/** Whether an attempt is in flight or its stream is open. */
export function isEngaged(status: StreamStatus): boolean {
  return status === 'connecting' || status === 'reconnecting' || status === 'live'
}

/** Whether nothing more will ever come. */
export function isFinal(status: StreamStatus): boolean {
  return status === 'ended' || status === 'denied' || status === 'signed-out' || status === 'closed'
}
