import type { Call } from '@lifeline/functions/contract'
import type { ComponentType, ReactNode } from 'react'
import type { ConversationState } from '../conversations/conversation-state.ts'
import classes from './details-section.module.css'

/** What every section gets. A section without anything to show draws nothing. */
export type DetailsProps = {
  conversation: ConversationState
  /** The call as the board has it; `undefined` once it has left the board. */
  call: Call | undefined
  /** Brings a message into sight. */
  onShowMessage: (messageId: string) => void
}

/** A component that draws one `DetailsSection`, or nothing. */
export type DetailsSlot = ComponentType<DetailsProps>

/** A part of the details under a heading of its own. */
export function DetailsSection({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={classes.section} aria-label={title}>
      <h3 className={classes.heading}>{title}</h3>
      {children}
    </section>
  )
}
