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

/**
 * Draws as much of a long conversation as one can be looking at: its end, more of it as one scrolls, or what is around the
 * message that was asked for. What is seen stays where it is while there is more above it or less.
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
  const anchor = useRef<{ id: string; top: number }>(undefined)

  if (target !== undefined && target !== shown) {
    const index = ids.indexOf(target.messageId)
    if (index >= 0) {
      setShown(target)
      if (!isWithin(window, index)) setWindow(windowAround(index, ids.length))
    }
  }

  useLayoutEffect(() => {
    const kept = anchor.current
    anchor.current = undefined
    const element = scroller.current
    if (kept === undefined || element === null) return
    const top = element
      .querySelector(`[data-message-id="${CSS.escape(kept.id)}"]`)
      ?.getBoundingClientRect().top
    if (top !== undefined && top !== kept.top) element.scrollTop += top - kept.top
  }, [scroller, window])

  const onScroll = useCallback(() => {
    const element = scroller.current
    if (element === null) return
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
  const showEnd = useCallback(() => setWindow(windowAtEnd(ids.length)), [ids.length])
  return { window, onScroll, trim, showEnd }
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
