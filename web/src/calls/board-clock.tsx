import { VisuallyHidden } from '@mantine/core'
import { createContext, use } from 'react'
import { formatElapsed, spellElapsed } from '../ui/format-time.ts'

/** Up to when the board is known to be true, ms: its clocks tick, and nothing else of a row is drawn again for it. */
export const BoardNowContext = createContext(0)

/** How long something has lasted, for the eye and in words. */
export function BoardClock({ since, before, after }: { since: number; before: string; after: string }) {
  const elapsed = use(BoardNowContext) - since
  return (
    <>
      <span aria-hidden>{formatElapsed(elapsed)}</span>
      <VisuallyHidden>
        {before} {spellElapsed(elapsed)} {after}
      </VisuallyHidden>
    </>
  )
}
