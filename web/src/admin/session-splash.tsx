import { Button, Loader } from '@mantine/core'
import { IconCloudOff } from '@tabler/icons-react'
import { describeError } from '../api/errors.ts'
import { useServices } from '../api/services.ts'
import type { SessionState } from '../api/session.ts'
import { StateMessage } from '../ui/state-message.tsx'

/** Stands in while it is not known who is signed in. */
export function SessionSplash({ session }: { session: SessionState }) {
  const services = useServices()
  if (session.status !== 'unreachable') {
    return (
      <main style={{ display: 'grid', placeItems: 'center', minHeight: '100dvh' }}>
        <Loader aria-label="Loading" role="status" />
      </main>
    )
  }
  return (
    <main style={{ height: '100dvh' }}>
      <StateMessage
        icon={<IconCloudOff size={24} />}
        title="The server cannot be reached"
        isAlert
        action={<Button onClick={() => void services.session.restore()}>Try again</Button>}
      >
        {describeError(session.error)}
      </StateMessage>
    </main>
  )
}
