import { Button } from '@mantine/core'
import { IconCloudOff } from '@tabler/icons-react'
import { StateMessage } from '../ui/state-message.tsx'
import { describeError } from './errors.ts'

export type LoadFailureProps = {
  /** What could not be loaded, as a sentence without a full stop. */
  title: string
  error: unknown
  onRetry: () => unknown
  isRetrying?: boolean
}

/** Stands where something would be that could not be loaded: says why, and tries again. */
export function LoadFailure({ title, error, onRetry, isRetrying = false }: LoadFailureProps) {
  return (
    <StateMessage
      icon={<IconCloudOff size={24} />}
      title={title}
      isAlert
      action={
        <Button size="sm" loading={isRetrying} onClick={onRetry}>
          Try again
        </Button>
      }
    >
      {describeError(error)}
    </StateMessage>
  )
}
