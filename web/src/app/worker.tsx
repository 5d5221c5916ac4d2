import { Button } from '@mantine/core'
import { IconWifiOff } from '@tabler/icons-react'
import { describeError } from '../api/errors.ts'
import { StateMessage } from '../ui/state-message.tsx'
import { connectFirebase, loadConfig } from '../worker/firebase.ts'
import { WorkerPage } from '../worker/worker-page.tsx'
import { renderPage } from './page.tsx'

try {
  const config = await loadConfig(globalThis.fetch.bind(globalThis), localStorage)
  renderPage(<WorkerPage firebase={connectFirebase(config)} />)
} catch (error) {
  renderPage(
    <StateMessage
      icon={<IconWifiOff size={24} />}
      title="Lifeline cannot start"
      isAlert
      action={<Button onClick={() => location.reload()}>Try again</Button>}
    >
      {describeError(error)}
    </StateMessage>,
  )
}

if (import.meta.env.PROD && 'serviceWorker' in navigator) {
  // Without it the page works as well, only not from a cold start without a network.
  void navigator.serviceWorker.register('/worker-sw.js', { scope: '/worker' }).catch(() => undefined)
}
