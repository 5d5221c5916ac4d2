import type { Call } from '@lifeline/functions/contract'
import type { Calls } from './board.ts'

/** Which of the active calls the board shows. */
export type BoardFilter = 'all' | 'mine' | 'unassigned'

const PASSES: Record<BoardFilter, (call: Call, viewerId: string) => boolean> = {
  all: () => true,
  mine: ({ admin_id }, viewerId) => admin_id === viewerId,
  unassigned: ({ admin_id }) => admin_id === null,
}

/** The calls that pass a filter; the same map when all do. */
export function filterCalls(calls: Calls, filter: BoardFilter, viewerId: string): Calls {
  if (filter === 'all') return calls
  return new Map([...calls].filter(([, call]) => PASSES[filter](call, viewerId)))
}

/** How many calls a filter hides that nobody may overlook: critical ones that no dispatcher holds, and those in `first`. */
export function countHidden(calls: Calls, shown: Calls, first: ReadonlySet<string>): number {
  if (shown === calls) return 0
  return [...calls.values()].filter(
    ({ call_id, urgency, admin_id }) =>
      !shown.has(call_id) && (first.has(call_id) || (urgency === 'CRITICAL' && admin_id === null)),
  ).length
}
