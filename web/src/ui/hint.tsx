import { Tooltip } from '@mantine/core'
import type { ReactElement, ReactNode } from 'react'

/** Where hints are drawn: within a landmark, so that what they say belongs to a part of the page. */
const PLACE_ID = 'hints'

/** A word about what the pointer rests on, or the focus. Says nothing that is not there for a screen reader too. */
export function Hint({ label, children }: { label: ReactNode; children: ReactElement }) {
  return (
    <Tooltip label={label} openDelay={400} portalProps={{ target: `#${PLACE_ID}` }}>
      {children}
    </Tooltip>
  )
}

/** Has to stand once on each page that has hints. */
export function HintPlace() {
  return <div id={PLACE_ID} />
}
