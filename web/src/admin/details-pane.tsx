import { ActionIcon, CloseButton } from '@mantine/core'
import { IconLayoutSidebarRight } from '@tabler/icons-react'
import type { KeyboardEvent } from 'react'
import { Hint } from '../ui/hint.tsx'
import type { DetailsProps } from './details-section.tsx'
import { DETAILS_SECTIONS } from './details-sections.ts'
import classes from './details-pane.module.css'
import type { DetailsOpen } from './use-details-open.ts'

const PANE_ID = 'call-details'

export type DetailsPaneProps = DetailsProps & { details: DetailsOpen }

/** What is known about the call beside its messages: at its side, or sliding over it where there is less room. */
export function DetailsPane({ details, ...props }: DetailsPaneProps) {
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
      aria-label="Details of the call"
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
        {DETAILS_SECTIONS.map(({ id, Section }) => (
          <Section key={id} {...props} />
        ))}
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
