import { useCallback, useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react'

/** Closer than this to the end (px) is at the end. */
const NEAR_PX = 48

export type Reading = {
  /** The last message that had been read when more came; the line "new" stands below it. */
  unreadAfter: string | null
  /** How many came since, while the reader is elsewhere. */
  unreadCount: number
  onScroll: () => void
  jumpToEnd: () => void
}

/**
 * Follows the end of a growing list, and yields as soon as the reader scrolls up or looks away.
 * `ids` are the messages in order; `onRead` is told of the last one whenever all of them have been on the screen.
 * While the end is not even drawn (`isEndDrawn`), the last that is drawn is not it.
 */
export function useReading(
  scroller: RefObject<HTMLElement | null>,
  content: RefObject<HTMLElement | null>,
  ids: readonly string[],
  onRead: (id: string | null) => void,
  isEndDrawn: boolean,
): Reading {
  const isAtEnd = useRef(true)
  const lastRead = useRef<string | null>(ids.at(-1) ?? null)
  const [unreadAfter, setUnreadAfter] = useState<string | null>(null)
  const [unreadCount, setUnreadCount] = useState(0)
  const latest = useRef(ids)
  latest.current = ids
  const mayBeAtEnd = useRef(isEndDrawn)
  mayBeAtEnd.current = isEndDrawn

  const toEnd = useCallback(() => {
    const element = scroller.current
    if (element !== null) element.scrollTop = element.scrollHeight
  }, [scroller])

  const markRead = useCallback(() => {
    if (!isAtEnd.current || document.hidden) return
    lastRead.current = latest.current.at(-1) ?? null
    setUnreadCount(0)
    onRead(lastRead.current)
  }, [onRead])

  // Neither what is drawn late (sizes are guessed until a message is on the screen) nor a field below that grows with what
  // is written in it may push the end away.
  useEffect(() => {
    const element = content.current
    if (element === null) return undefined
    const observer = new ResizeObserver(() => {
      if (isAtEnd.current && mayBeAtEnd.current) toEnd()
    })
    observer.observe(element)
    if (scroller.current !== null) observer.observe(scroller.current)
    return () => observer.disconnect()
  }, [content, scroller, toEnd])

  useEffect(() => {
    document.addEventListener('visibilitychange', markRead)
    return () => document.removeEventListener('visibilitychange', markRead)
  }, [markRead])

  useLayoutEffect(() => {
    if (!mayBeAtEnd.current) isAtEnd.current = false
    if (isAtEnd.current) toEnd()
    if (isAtEnd.current && !document.hidden) {
      lastRead.current = ids.at(-1) ?? null
      onRead(lastRead.current)
      return
    }
    const read = lastRead.current === null ? -1 : ids.lastIndexOf(lastRead.current)
    setUnreadCount(ids.length - 1 - read)
    setUnreadAfter(lastRead.current)
  }, [ids, toEnd, onRead])

  const onScroll = useCallback(() => {
    const element = scroller.current
    if (element === null) return
    const left = element.scrollHeight - element.scrollTop - element.clientHeight
    isAtEnd.current = mayBeAtEnd.current && left < NEAR_PX
    markRead()
  }, [scroller, markRead])

  const jumpToEnd = useCallback(() => {
    isAtEnd.current = true
    toEnd()
    markRead()
  }, [toEnd, markRead])

  return { unreadAfter, unreadCount, onScroll, jumpToEnd }
}
