import { CloseButton, Modal } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './dialog.module.css'

export type DialogProps = { title: string; opened: boolean; onClose: () => void; children: ReactNode }

/** A small window that must be answered or closed. */
export function Dialog({ title, opened, onClose, children }: DialogProps) {
  return (
    // Mantine's own header would be a second banner of the page.
    <Modal.Root opened={opened} onClose={onClose} centered transitionProps={{ duration: 0 }}>
      <Modal.Overlay />
      <Modal.Content aria-label={title}>
        <Modal.Body>
          <div className={classes.head}>
            <h2 className={classes.title}>{title}</h2>
            <CloseButton aria-label="Close" onClick={onClose} />
          </div>
          {children}
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  )
}
