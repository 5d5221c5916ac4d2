import { Button, Group } from '@mantine/core'
import { Dialog } from '../ui/dialog.tsx'
import classes from './call-actions.module.css'

export type ReleaseDialogProps = {
  workerName: string
  holderName: string
  opened: boolean
  onClose: () => void
  onRelease: () => void
}

/** Asks a manager before a call is taken from the agent who holds it, naming both. */
export function ReleaseDialog({ workerName, holderName, opened, onClose, onRelease }: ReleaseDialogProps) {
  return (
    <Dialog title={`Release the call with ${workerName}?`} opened={opened} onClose={onClose}>
      <p className={classes.question}>
        <bdi>{holderName}</bdi> holds it and may be writing at this moment. Nobody holds it afterwards, until
        somebody takes it over.
      </p>
      <Group justify="flex-end">
        <Button variant="default" data-autofocus onClick={onClose}>
          Leave it with them
        </Button>
        <Button onClick={onRelease}>Release the call</Button>
      </Group>
    </Dialog>
  )
}
