import { useLayoutEffect, useRef, type RefObject } from 'react'

/** A message to bring into sight; asking for the same one again is a new object. */
export type MessageTarget = { messageId: string }

/** Brings the message asked for to the middle of what is seen, and marks it for a moment. */
export function useTarget(content: RefObject<HTMLElement | null>, target: MessageTarget | undefined): void {
  const shown = useRef<MessageTarget>(undefined)
  // Without a list of dependencies: the message may come to be drawn only later.
  useLayoutEffect(() => {
    if (target === undefined || target === shown.current) return
    const message = content.current?.querySelector<HTMLElement>(
      `[data-message-id="${CSS.escape(target.messageId)}"]`,
    )
    if (!message) return
    shown.current = target
    message.scrollIntoView({ block: 'center' })
    message.animate([{ backgroundColor: 'var(--fresh)' }, { backgroundColor: 'var(--fresh)' }, {}], {
      duration: 3_000,
    })
  })
}
