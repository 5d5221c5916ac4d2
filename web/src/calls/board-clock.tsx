import { VisuallyHidden } from '@mantine/core'
import { createContext, use } from 'react'
import { formatElapsed, spellElapsed } from '../ui/format-time.ts'
import classes from './board-row.module.css'

/** Up to when the board is known to be true, ms: its clocks tick, and nothing else of a row is drawn again for it. */
export const BoardNowContext = createContext(0)

/** As wide as a digit: nothing beside the clock moves when nine seconds become ten. */
const FIGURE_SPACE = '\u2007'
const CLOCK_LENGTH = '0:00'.length

/** How long something has lasted, for the eye and in words. */
export function BoardClock({ since, before, after }: { since: number; before: string; after: string }) {
  const elapsed = use(BoardNowContext) - since
  return (
    <>
      <span className={classes.clock} aria-hidden>
        {formatElapsed(elapsed).padStart(CLOCK_LENGTH, FIGURE_SPACE)}
      </span>
      <VisuallyHidden>
        {before} {spellElapsed(elapsed)} {after}
      </VisuallyHidden>
    </>
  )
}
