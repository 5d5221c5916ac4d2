import { IconArrowDown } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { formatDay } from '../ui/format-time.ts'
import classes from './message-list.module.css'
import type { MessageView } from './use-message-view.ts'

export type MessageFrameProps = {
  view: MessageView
  /** Stands over the messages, and moves none of them. */
  over?: ReactNode
  children: ReactNode
}

/** Where the messages of a conversation scroll, with the way to what is new. */
export function MessageFrame({ view, over, children }: MessageFrameProps) {
  const { scroller, content, onScroll, unreadCount, jumpToEnd } = view
  return (
    <div className={classes.frame}>
      {/* A region that scrolls must be reachable by keyboard. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div
        className={classes.scroller}
        ref={scroller}
        onScroll={onScroll}
        tabIndex={0}
        role="region"
        aria-label="Messages"
      >
        <div
          className={classes.content}
          ref={content}
          role="log"
          aria-live="polite"
          aria-relevant="additions"
        >
          {children}
        </div>
      </div>
      {over}
      {unreadCount > 0 && (
        <button type="button" className={classes.pill} onClick={jumpToEnd}>
          <span className="numbers">{unreadCount} new</span>
          <IconArrowDown size={16} aria-hidden />
        </button>
      )}
    </div>
  )
}

/** Where a day of the reader's begins. */
export const DayLine = ({ at }: { at: string }) => <p className={classes.day}>{formatDay(at, Date.now())}</p>

/** Where what had not been read begins. */
export const NewLine = () => (
  <p className={classes.new}>
    <span>New</span>
  </p>
)
