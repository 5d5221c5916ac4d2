import type { CallStatus, Colleague, Urgency } from '@lifeline/functions/contract'
import { Button } from '@mantine/core'
import { IconArrowBackUp, IconHandGrab, IconPhoneOff } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import { KeyHint } from '../ui/key-hint.tsx'
import classes from './call-actions.module.css'
import { EndCallDialog } from './end-call-dialog.tsx'
import { ReleaseDialog } from './release-dialog.tsx'
import { TransferControl } from './transfer-control.tsx'
import { UrgencyControl } from './urgency-control.tsx'
import type { CallActs } from './use-call-acts.ts'

export type CallActionsProps = {
  call: { call_id: string; status: CallStatus; admin_id: string | null; urgency: Urgency }
  workerName: string
  /** Empty while nobody holds the call. */
  holderName: string
  /** Who is looking. */
  viewerId: string
  /** Whether the viewer manages agents: whose call they see, they may hand back and end. */
  isManager: boolean
  /** To whom the call may be offered; `undefined` until they are known. */
  colleagues: readonly Colleague[] | undefined
  acts: CallActs
}

/**
 * What the viewer may do with the call as it stands: take it over while nobody holds it, hand it back or on or end it
 * when they do, and as a manager hand back and end what their agents hold. To hand back one's own is undone by taking
 * over again; what touches another's work, or is for good, is asked about.
 */
export function CallActions(props: CallActionsProps) {
  const { call, workerName, holderName, viewerId, isManager, colleagues, acts } = props
  const root = useRef<HTMLDivElement>(null)
  const wasPressed = useRef(false)
  const { call_id, admin_id, status } = call
  const [asking, setAsking] = useState<'end' | 'release' | null>(null)
  const isBusy = acts.busy !== null
  const isOwn = admin_id === viewerId
  useEffect(() => {
    // The button that was pressed may be gone now; the keyboard stays where the next one is.
    const isFocusLost = document.activeElement === null || document.activeElement === document.body
    if (wasPressed.current && isFocusLost) root.current?.querySelector('button')?.focus()
    wasPressed.current = false
  }, [admin_id])
  const press = (act: (callId: string) => void) => () => {
    wasPressed.current = true
    setAsking(null)
    act(call_id)
  }
  if (status === 'ENDED' || (admin_id !== null && !isOwn && !isManager)) return null
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
          {isOwn && (
            <>
              <UrgencyControl
                urgency={call.urgency}
                isBusy={acts.busy === 'set-urgency'}
                onChange={(urgency, reason) => acts.setUrgency(call_id, urgency, reason)}
              />
              <TransferControl
                colleagues={colleagues?.filter((each) => each.admin_id !== viewerId)}
                isBusy={acts.busy === 'transfer'}
                onOffer={(to) => acts.transfer(call_id, to)}
              />
            </>
          )}
          <Button
            size="sm"
            variant="default"
            leftSection={<IconArrowBackUp size={16} aria-hidden />}
            loading={acts.busy === 'release'}
            disabled={isBusy}
            onClick={isOwn ? press(acts.release) : () => setAsking('release')}
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
            onClick={() => setAsking('end')}
          >
            End call
          </Button>
          <EndCallDialog
            workerName={workerName}
            holderName={isOwn ? undefined : holderName}
            opened={asking === 'end'}
            onClose={() => setAsking(null)}
            onEnd={press(acts.end)}
          />
          <ReleaseDialog
            workerName={workerName}
            holderName={holderName}
            opened={asking === 'release'}
            onClose={() => setAsking(null)}
            onRelease={press(acts.release)}
          />
        </>
      )}
    </div>
  )
}
