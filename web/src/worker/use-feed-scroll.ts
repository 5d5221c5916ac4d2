import { useCallback, useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react'
import type { FeedMessage } from './feed.ts'

/** Closer than this to the end (px) is at the end. */
const NEAR_PX = 48
/** Kept free above what is shown from its beginning, px. */
const ABOVE_PX = 12

export type FeedScroll = {
  scroller: RefObject<HTMLDivElement | null>
  /** Has an element for each message, in their order. */
  list: RefObject<HTMLDivElement | null>
  /** Whether there is more below what is on the screen. */
  hasMore: boolean
  onScroll: () => void
  /** Goes on by nearly a screen. */
  showMore: () => void
}

/**
 * Follows what is said: our own words to the end, and those of others from the beginning of the first that has not been on the
 * screen, for the first step of an instruction counts most. Whoever scrolls up, or is not through yet, is left where they are.
 *
 * @param onRead told whenever everything has been on the screen
 */
export function useFeedScroll(
  messages: readonly FeedMessage[],
  isConnected: boolean,
  onRead: () => void,
): FeedScroll {
  const scroller = useRef<HTMLDivElement>(null)
  const list = useRef<HTMLDivElement>(null)
  const isAtEnd = useRef(true)
  /** The last message when everything had been on the screen. */
  const readTo = useRef<string>(undefined)
  const latest = useRef(messages)
  latest.current = messages
  const [hasMore, setMore] = useState(false)
  const ownCount = messages.filter(({ delivery }) => delivery !== null).length

  const look = useCallback(() => {
    if (scroller.current === null) return
    const { scrollHeight, scrollTop, clientHeight } = scroller.current
    isAtEnd.current = scrollHeight - scrollTop - clientHeight < NEAR_PX
    setMore(!isAtEnd.current)
    if (isAtEnd.current && !document.hidden) readTo.current = latest.current.at(-1)?.id
  }, [])

  const follow = useCallback(() => {
    const element = scroller.current
    if (element === null) return
    const read = latest.current.findIndex(({ id }) => id === readTo.current)
    // Of a page that has just been opened only the last message is news.
    const from = read < 0 ? latest.current.length - 1 : read + 1
    const first = latest.current.findIndex(({ delivery }, index) => index >= from && delivery === null)
    const start = list.current?.children[first]
    const end = element.scrollHeight - element.clientHeight
    element.scrollTop = start instanceof HTMLElement ? Math.min(end, start.offsetTop - ABOVE_PX) : end
    look()
  }, [look])

  useLayoutEffect(() => {
    if (isAtEnd.current) follow()
    else look()
  }, [messages, follow, look])

  // Whoever has just written wants to see it.
  useLayoutEffect(() => {
    const element = scroller.current
    if (element === null || latest.current.at(-1)?.delivery === null) return
    element.scrollTop = element.scrollHeight
    look()
  }, [ownCount, look])

  useEffect(() => {
    const read = () => {
      if (isAtEnd.current && !document.hidden) onRead()
    }
    read()
    document.addEventListener('visibilitychange', read)
    return () => document.removeEventListener('visibilitychange', read)
    // A mark that could not be told offline is told when the line is back.
  }, [messages, isConnected, onRead])

  useEffect(() => {
    const element = scroller.current
    if (element === null) return undefined
    // The keyboard of a phone takes half of the room.
    const observer = new ResizeObserver(() => {
      if (isAtEnd.current) element.scrollTop = element.scrollHeight
      look()
    })
    observer.observe(element)
    return () => observer.disconnect()
  }, [look])

  return {
    scroller,
    list,
    hasMore,
    onScroll: () => {
      look()
      if (isAtEnd.current && !document.hidden) onRead()
    },
    showMore: () => {
      const element = scroller.current
      if (element === null) return
      const { scrollHeight, scrollTop, clientHeight } = element
      const left = scrollHeight - scrollTop - clientHeight
      const step = clientHeight * 0.85
      // A few lines more are no further screen.
      element.scrollTop += left - step < NEAR_PX ? left : step
    },
  }
}
