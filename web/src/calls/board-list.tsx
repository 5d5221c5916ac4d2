import type { Call } from '@lifeline/functions/contract'
import { useRef, useState, type PointerEvent, type ReactNode } from 'react'
import { orderBoard, type Calls } from './board.ts'
import classes from './board-list.module.css'
import { useMoves } from './use-moves.ts'

export type BoardListProps = {
  calls: Calls
  /** Calls that stand above all others. */
  first: ReadonlySet<string>
  /** A row's content; must contain exactly one link. */
  renderRow: (call: Call) => ReactNode
}

/** The rows of the board. A row that must move slides, and one under the pointer waits until it is left. */
export function BoardList({ calls, first, renderRow }: BoardListProps) {
  const list = useRef<HTMLUListElement>(null)
  const [held, setHeld] = useState<string>()
  const before = useRef<readonly Call[]>([])
  const [initialIds] = useState(() => new Set(calls.keys()))
  // @NOTE Reading the last order while drawing is safe: the same calls and the same hold give the same order again.
  const rows = orderBoard(calls, before.current, held, first)
  before.current = rows
  useMoves(list, rows.map(({ call_id }) => call_id).join())

  const hold = (event: PointerEvent) => {
    if (event.pointerType !== 'mouse' || !(event.target instanceof Element)) return
    setHeld(event.target.closest<HTMLElement>('[data-row]')?.dataset['row'])
  }
  return (
    <ul className={classes.list} ref={list} onPointerOver={hold} onPointerLeave={() => setHeld(undefined)}>
      {rows.map((call) => (
        <li
          key={call.call_id}
          data-row={call.call_id}
          data-fresh={!initialIds.has(call.call_id) || undefined}
        >
          {renderRow(call)}
        </li>
      ))}
    </ul>
  )
}
