import { defaultRangeExtractor, useVirtualizer, type Range } from '@tanstack/react-virtual'
import {
  useCallback,
  useMemo,
  useRef,
  useState,
  type FocusEvent,
  type PointerEvent,
  type ReactNode,
} from 'react'
import { orderBoard, type BoardCall, type Calls } from './board.ts'
import classes from './board-list.module.css'
import { useMoves } from './use-moves.ts'

/** Every row is as high, px: whatever comes and goes in one moves no other. The same number is in the stylesheet. */
const ROW_PX = 97
/** Rows that are drawn beyond what is seen, on either side. */
const OVERSCAN = 6

export type BoardListProps = {
  calls: Calls
  /** Calls that stand above all others. */
  first: ReadonlySet<string>
  /** The call on the screen. */
  openId: string | undefined
  /** A row's content; must contain exactly one link. */
  renderRow: (call: BoardCall) => ReactNode
}

/**
 * The rows of the board, of which only those in sight are drawn. A row that must move slides, and one under the pointer
 * waits until it is left.
 */
export function BoardList({ calls, first, openId, renderRow }: BoardListProps) {
  const scroller = useRef<HTMLDivElement>(null)
  const list = useRef<HTMLUListElement>(null)
  const [held, setHeld] = useState<string>()
  const [focused, setFocused] = useState<string>()
  const before = useRef<readonly BoardCall[]>([])
  const [initialIds] = useState(() => new Set(calls.keys()))
  // @NOTE Reading the last order while drawing is safe: the same calls and the same hold give the same order again.
  const rows = useMemo(() => orderBoard(calls, before.current, held, first), [calls, held, first])
  before.current = rows

  // The open row, the one in focus, and the rows beside them stay: the keyboard goes from there.
  const kept = rows.flatMap(({ call_id, conversation_id }, index) =>
    call_id === focused || conversation_id === openId ? [index - 1, index, index + 1] : [],
  )
  const keptKey = kept.join()
  const rangeExtractor = useCallback(
    (range: Range) => {
      const indexes = new Set([
        ...defaultRangeExtractor(range),
        ...keptKey.split(',').filter(Boolean).map(Number),
      ])
      return [...indexes].filter((index) => index >= 0 && index < range.count).toSorted((a, b) => a - b)
    },
    [keptKey],
  )
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    getItemKey: (index) => rows[index]?.call_id ?? index,
    overscan: OVERSCAN,
    rangeExtractor,
  })
  const drawn = virtual.getVirtualItems()
  useMoves(list, drawn.map(({ key, index }) => `${String(key)} ${index}`).join())

  const rowOf = ({ target }: { target: EventTarget }) =>
    target instanceof Element ? target.closest<HTMLElement>('[data-row]')?.dataset['row'] : undefined
  const hold = (event: PointerEvent) => {
    if (event.pointerType === 'mouse') setHeld(rowOf(event))
  }
  return (
    <div className={classes.scroller} ref={scroller}>
      <ul
        className={classes.list}
        ref={list}
        style={{ height: virtual.getTotalSize() }}
        onPointerOver={hold}
        onPointerLeave={() => setHeld(undefined)}
        onFocus={(event: FocusEvent) => setFocused(rowOf(event))}
      >
        {drawn.map(({ index, key, start }) => {
          const call = rows[index]
          return (
            call !== undefined && (
              <li
                key={key}
                data-row={call.call_id}
                data-fresh={!initialIds.has(call.call_id) || undefined}
                style={{ top: start }}
                aria-posinset={index + 1}
                aria-setsize={rows.length}
              >
                {renderRow(call)}
              </li>
            )
          )
        })}
      </ul>
    </div>
  )
}
