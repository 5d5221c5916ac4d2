import type { CallStatus, Urgency } from '@lifeline/functions/contract'
import { Button } from '@mantine/core'
import { IconArrowBackUp, IconHandGrab, IconPhoneOff } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import { KeyHint } from '../ui/key-hint.tsx'
import classes from './call-actions.module.css'
import { EndCallDialog } from './end-call-dialog.tsx'
import { UrgencyControl } from './urgency-control.tsx'
import type { CallActs } from './use-call-acts.ts'

export type CallActionsProps = {
  call: { call_id: string; status: CallStatus; admin_id: string | null; urgency: Urgency }
  workerName: string
  /** Who is looking. */
  viewerId: string
  acts: CallActs
}

/**
 * What the viewer may do with the call as it stands: take it over while nobody holds it, release or end it when they
 * do. To release is undone by taking over again; to end is for good, and so is asked about.
 */
export function CallActions({ call, workerName, viewerId, acts }: CallActionsProps) {
  const root = useRef<HTMLDivElement>(null)
  const wasPressed = useRef(false)
  const { call_id, admin_id, status } = call
  const [isAsking, setAsking] = useState(false)
  const isBusy = acts.busy !== null
  useEffect(() => {
    // The button that was pressed may be gone now; the keyboard stays where the next one is.
    const isFocusLost = document.activeElement === null || document.activeElement === document.body
    if (wasPressed.current && isFocusLost) root.current?.querySelector('button')?.focus()
    wasPressed.current = false
  }, [admin_id])
  const press = (act: (callId: string) => void) => () => {
    wasPressed.current = true
    act(call_id)
  }
  if (status === 'ENDED' || (admin_id !== null && admin_id !== viewerId)) return null
  return (
    <div className={classes.actions} ref={root}>
      {admin_id === null ? (
        <Button
          size="sm"
          leftSection={<IconHandGrab size={16} aria-hidden />}
          rightSection={<KeyHint>t</KeyHint>}
          aria-keyshortcuts="t"
          loading={acts.busy === 'take-over'}
          disabled={isBusy}
          onClick={press(acts.takeOver)}
        >
          Take over
        </Button>
      ) : (
        <>
          <UrgencyControl
            urgency={call.urgency}
            isBusy={acts.busy === 'set-urgency'}
            onChange={(urgency, reason) => acts.setUrgency(call_id, urgency, reason)}
          />
          <Button
            size="sm"
            variant="default"
            leftSection={<IconArrowBackUp size={16} aria-hidden />}
            loading={acts.busy === 'release'}
            disabled={isBusy}
            onClick={press(acts.release)}
          >
            Release
          </Button>
          <Button
            size="sm"
            color="var(--critical-fill)"
            leftSection={<IconPhoneOff size={16} aria-hidden />}
            rightSection={<KeyHint>e</KeyHint>}
            aria-keyshortcuts="e"
            loading={acts.busy === 'end'}
            disabled={isBusy}
            onClick={() => setAsking(true)}
          >
            End call
          </Button>
          <EndCallDialog
            workerName={workerName}
            opened={isAsking}
            onClose={() => setAsking(false)}
            onEnd={() => {
              setAsking(false)
              acts.end(call_id)
            }}
          />
        </>
      )}
    </div>
  )
}
