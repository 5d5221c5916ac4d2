import { useCallback, useLayoutEffect, useRef, useState, type RefObject } from 'react'
import {
  afterGrowth,
  isWithin,
  windowAround,
  windowAtEnd,
  withEarlier,
  withLater,
  type MessageWindow,
} from './message-window.ts'
import type { MessageTarget } from './use-target.ts'

/** Closer than this to an edge of what is drawn (px) more is drawn. */
const NEAR_PX = 600

/** The first message in sight, and where it was; kept while more is on its way. */
export type Anchor = { current: { id: string; top: number } | undefined }

/**
 * Draws as much of a long conversation as one can be looking at: its end, more of it as one scrolls, or what is around the
 * message that was asked for. `useKeptPlace` keeps what is seen where it is while there is more above it or less.
 *
 * @param ids of all messages, in order
 */
export function useMessageWindow(
  scroller: RefObject<HTMLElement | null>,
  ids: readonly string[],
  target: MessageTarget | undefined,
) {
  const [window, setWindow] = useState(() => windowAtEnd(ids.length))
  const [shown, setShown] = useState<MessageTarget>()
  const anchor: Anchor = useRef<Anchor['current']>(undefined)

  if (target !== undefined && target !== shown) {
    const index = ids.indexOf(target.messageId)
    if (index >= 0) {
      setShown(target)
      anchor.current = undefined
      if (!isWithin(window, index)) setWindow(windowAround(index, ids.length))
    }
  }

  const onScroll = useCallback(() => {
    const element = scroller.current
    if (element === null) return
    if (anchor.current !== undefined) {
      // More is on its way already; the reader has gone on meanwhile.
      anchor.current = findAnchor(element)
      return
    }
    const { scrollTop, scrollHeight, clientHeight } = element
    const move = (next: MessageWindow) => {
      anchor.current = findAnchor(element)
      setWindow(next)
    }
    if (scrollTop < NEAR_PX && window.from > 0) move(withEarlier(window, ids.length))
    else if (window.to !== null && scrollHeight - scrollTop - clientHeight < NEAR_PX) {
      move(withLater(window, ids.length))
    }
  }, [scroller, window, ids.length])

  /** For whoever is at the end: what came long before is let go. */
  const trim = useCallback(() => setWindow((before) => afterGrowth(before, ids.length)), [ids.length])
  const showEnd = useCallback(() => {
    anchor.current = undefined
    setWindow(windowAtEnd(ids.length))
  }, [ids.length])
  return { window, anchor, onScroll, trim, showEnd }
}

/**
 * Puts the message that was in sight back where it was, whenever what is drawn has changed around it.
 *
 * @param drawn changes with what is drawn
 * @param isWhole whether all of the window is there; until then its place is kept
 */
export function useKeptPlace(
  scroller: RefObject<HTMLElement | null>,
  anchor: Anchor,
  drawn: unknown,
  isWhole: boolean,
): void {
  useLayoutEffect(() => {
    const kept = anchor.current
    if (isWhole) anchor.current = undefined
    const element = scroller.current
    if (kept === undefined || element === null) return
    const top = element
      .querySelector(`[data-message-id="${CSS.escape(kept.id)}"]`)
      ?.getBoundingClientRect().top
    if (top !== undefined && top !== kept.top) element.scrollTop += top - kept.top
  }, [scroller, anchor, drawn, isWhole])
}

/** The first message in sight, and where it is. */
function findAnchor(element: HTMLElement): { id: string; top: number } | undefined {
  const edge = element.getBoundingClientRect().top
  for (const message of element.querySelectorAll<HTMLElement>('[data-message-id]')) {
    const { top, bottom } = message.getBoundingClientRect()
    if (bottom > edge) return { id: message.dataset['messageId'] ?? '', top }
  }
  return undefined
}
