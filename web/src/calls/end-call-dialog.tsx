import { Button, Group } from '@mantine/core'
import { Dialog } from '../ui/dialog.tsx'
import classes from './call-actions.module.css'

export type EndCallDialogProps = {
  workerName: string
  /** Who holds the call, when it is not the viewer. */
  holderName: string | undefined
  opened: boolean
  onClose: () => void
  onEnd: () => void
}

/** Asks before a call is ended, naming the worker: nobody can take it back. */
export function EndCallDialog({ workerName, holderName, opened, onClose, onEnd }: EndCallDialogProps) {
  return (
    <Dialog title={`End the call with ${workerName}?`} opened={opened} onClose={onClose}>
      <p className={classes.question}>
        {holderName !== undefined && (
          <>
            <bdi>{holderName}</bdi> holds it and may be writing at this moment.{' '}
          </>
        )}
        Nothing more can be written in it, by anybody, and it cannot be opened again. <bdi>{workerName}</bdi>{' '}
        is told that the call has ended.
      </p>
      <Group justify="flex-end">
        <Button variant="default" data-autofocus onClick={onClose}>
          Keep it open
        </Button>
        <Button color="var(--critical-fill)" onClick={onEnd}>
          End the call
        </Button>
      </Group>
    </Dialog>
  )
}
