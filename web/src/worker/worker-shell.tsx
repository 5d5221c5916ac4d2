import { ActionIcon, Button, Group } from '@mantine/core'
import { IconLogout } from '@tabler/icons-react'
import type { Urgency } from '@lifeline/functions/contract'
import { useState, type ReactNode } from 'react'
import { ColorSchemeMenu } from '../ui/color-scheme-menu.tsx'
import { ConnectionWords } from '../ui/connection-words.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { LogoMark } from '../ui/logo-mark.tsx'
import { UrgencyBadge } from '../ui/urgency-badge.tsx'
import { useSettled } from './use-settled.ts'
import classes from './worker-shell.module.css'

export type WorkerShellProps = {
  isConnected: boolean
  urgency: Urgency | undefined
  /** Writes that the server does not have yet. */
  waitingCount: number
  onSignOut: () => void
  children: ReactNode
}

/** Bar and banner around what a signed-in worker does. */
export function WorkerShell({ isConnected, urgency, waitingCount, onSignOut, children }: WorkerShellProps) {
  const [isAsking, setAsking] = useState(false)
  // A page that has just opened is connecting, not offline.
  const isAway = useSettled(!isConnected, 4_000) || (!isConnected && !navigator.onLine)
  const connection = isConnected
    ? ({ tone: 'live', words: 'Online' } as const)
    : isAway
      ? ({ tone: 'stale', words: 'Offline' } as const)
      : ({ tone: 'busy', words: 'Connecting' } as const)
  return (
    <div className={classes.phone}>
      <header className={classes.bar}>
        {urgency === undefined ? <LogoMark /> : <UrgencyBadge urgency={urgency} />}
        <span className={classes.connection}>
          <ConnectionWords {...connection} spoken={connection.words} />
        </span>
        <ColorSchemeMenu size={44} />
        <ActionIcon
          variant="subtle"
          color="gray"
          size={44}
          aria-label="Sign out"
          onClick={() => (waitingCount > 0 ? setAsking(true) : onSignOut())}
        >
          <IconLogout size={20} aria-hidden />
        </ActionIcon>
      </header>
      {isAway && (
        <p className={classes.offline} role="status">
          Offline: your messages will be sent when you are back.
        </p>
      )}
      {children}
      <Dialog title="Not everything is sent" opened={isAsking} onClose={() => setAsking(false)}>
        <p className={classes.question}>
          {waitingCount === 1 ? 'One message is' : `${waitingCount} messages are`} still waiting on this
          phone. They will be sent only after you sign in here again.
        </p>
        <Group justify="flex-end">
          <Button variant="default" onClick={() => setAsking(false)}>
            Stay
          </Button>
          <Button color="var(--critical-fill)" onClick={onSignOut}>
            Sign out
          </Button>
        </Group>
      </Dialog>
    </div>
  )
}
