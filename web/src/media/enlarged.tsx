import { CloseButton, Modal } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './attachment-view.module.css'

type EnlargedProps = { title: string; opened: boolean; onClose: () => void; children: ReactNode }

/** A picture as large as the screen has room. */
export function Enlarged({ title, opened, onClose, children }: EnlargedProps) {
  return (
    <Modal.Root opened={opened} onClose={onClose} size="auto" centered transitionProps={{ duration: 0 }}>
      <Modal.Overlay />
      <Modal.Content aria-label={title}>
        <Modal.Body className={classes.enlarged ?? ''}>
          <div className={classes.head}>
            <h2>{title}</h2>
            <CloseButton aria-label="Close" onClick={onClose} />
          </div>
          {children}
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  )
}
