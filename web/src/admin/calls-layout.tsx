import { Outlet, useParams } from '@tanstack/react-router'
import { use } from 'react'
import { Board } from './board.tsx'
import classes from './calls-layout.module.css'
import { LiveCallsContext } from './people.ts'

/** The board, and beside it the open conversation. */
export function CallsLayout() {
  const { conversationId, chatKey } = useParams({ strict: false })
  const live = use(LiveCallsContext)
  if (live === undefined) throw new Error('used outside of LiveCallsContext')
  return (
    <div className={classes.work} data-open={(conversationId ?? chatKey) !== undefined || undefined}>
      <Board live={live} openId={conversationId} />
      <div className={classes.pane}>
        <Outlet />
      </div>
    </div>
  )
}
