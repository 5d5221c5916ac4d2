import { ActionIcon, CloseButton } from '@mantine/core'
import { IconLayoutSidebarRight } from '@tabler/icons-react'
import type { KeyboardEvent, ReactNode } from 'react'
import { Hint } from '../ui/hint.tsx'
import classes from './details-pane.module.css'
import type { DetailsOpen } from './use-details-open.ts'

const PANE_ID = 'details'

export type DetailsPaneProps = {
  details: DetailsOpen
  /** Whose details they are. */
  label: string
  /** `DetailsSection`s. */
  children: ReactNode
}

/** What is known of a conversation beside its messages: at its side, or sliding over it where there is less room. */
export function DetailsPane({ details, label, children }: DetailsPaneProps) {
  if (!details.isOpen) return null
  const press = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || !details.isOver) return
    details.close()
    document.querySelector<HTMLElement>(`[aria-controls="${PANE_ID}"]`)?.focus()
  }
  return (
    // Escape is for whoever is within; the button that opened it closes it as well.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <aside
      id={PANE_ID}
      className={classes.pane}
      aria-label={label}
      data-over={details.isOver || undefined}
      onKeyDown={press}
    >
      <div className={classes.head}>
        <h2 className={classes.title}>Details</h2>
        <CloseButton size="md" aria-label="Close the details" onClick={details.close} />
      </div>
      {/* A region that scrolls must be reachable by keyboard. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div className={classes.sections} role="region" aria-label="Details" tabIndex={0}>
        {children}
      </div>
    </aside>
  )
}

/** Opens and closes the details, also by `d`. */
export function DetailsToggle({ details }: { details: DetailsOpen }) {
  return (
    <Hint label="Details (d)">
      <ActionIcon
        variant={details.isOpen ? 'light' : 'default'}
        size={36}
        aria-label="Details"
        aria-keyshortcuts="d"
        aria-expanded={details.isOpen}
        aria-controls={PANE_ID}
        onClick={details.toggle}
      >
        <IconLayoutSidebarRight size={20} aria-hidden />
      </ActionIcon>
    </Hint>
  )
}
