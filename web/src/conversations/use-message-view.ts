import { useCallback, useEffect, useRef } from 'react'
import { useMessageWindow } from './use-message-window.ts'
import { useReading } from './use-reading.ts'
import { useTarget, type MessageTarget } from './use-target.ts'

export type MessageView = ReturnType<typeof useMessageView>

/**
 * The part of a long conversation that is on the screen: it follows the end unless the reader is elsewhere, draws what
 * they scroll to, and brings the message that is asked for into sight. For a `MessageFrame`, and with `useKeptPlace`.
 *
 * @param ids of all messages, in order
 * @param onRead told of the last message whenever everything has been on the screen
 */
export function useMessageView(
  ids: readonly string[],
  target: MessageTarget | undefined,
  onRead: (messageId: string | null) => void,
) {
  const scroller = useRef<HTMLDivElement>(null)
  const content = useRef<HTMLDivElement>(null)
  const {
    window: drawn,
    anchor,
    showEnd,
    trim,
    onScroll: moveWindow,
  } = useMessageWindow(scroller, ids, target)
  const isEndDrawn = drawn.to === null
  const reading = useReading(scroller, content, ids, onRead, isEndDrawn)
  const { unreadAfter, unreadCount, onScroll: readOn, jumpToEnd: readEnd } = reading
  useTarget(content, target)
  useEffect(() => {
    if (unreadCount === 0) trim()
  }, [unreadCount, trim])
  return {
    scroller,
    content,
    drawn,
    isEndDrawn,
    anchor,
    unreadAfter,
    unreadCount,
    onScroll: () => {
      readOn()
      moveWindow()
    },
    jumpToEnd: useCallback(() => {
      showEnd()
      readEnd()
    }, [showEnd, readEnd]),
  }
}
