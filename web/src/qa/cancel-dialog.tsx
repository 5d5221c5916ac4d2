import type { QuestionSession } from '@lifeline/functions/contract'
import { Button, Group } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { describeError } from '../api/errors.ts'
import { Dialog } from '../ui/dialog.tsx'
import classes from './dialogs.module.css'
import { useQaApi } from './qa-api.ts'
import { plural } from './words.ts'

export type CancelDialogProps = {
  session: QuestionSession
  opened: boolean
  onClose: () => void
  /** It is cancelled, or has ended by itself meanwhile. */
  onDone: () => void
}

/** Asks before a session is stopped, and says what stays. */
export function CancelDialog({ session, opened, onClose, onDone }: CancelDialogProps) {
  const api = useQaApi()
  const { total_responded: there, total_expected: all } = session
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => api.cancel(session.session_id),
    onSuccess: () => {
      onDone()
      onClose()
    },
    onError: onDone,
  })
  return (
    <Dialog title="Cancel this session?" opened={opened} onClose={onClose}>
      <div className={classes.form}>
        <p className={classes.note}>
          {there === 0
            ? 'Nobody has answered yet.'
            : `${plural(there, 'answer', 'answers')} of ${all} ${there === 1 ? 'is' : 'are'} there and will be kept.`}{' '}
          Whoever has not begun to answer will not be asked, and no summary is written by itself. This cannot
          be undone.
        </p>
        {error !== null && (
          <p className={classes.problem} role="alert">
            {describeError(error)}
          </p>
        )}
        <Group justify="flex-end">
          <Button variant="default" data-autofocus onClick={onClose}>
            Let it go on
          </Button>
          <Button color="var(--critical-fill)" loading={isPending} onClick={() => mutate()}>
            Cancel the session
          </Button>
        </Group>
      </div>
    </Dialog>
  )
}
