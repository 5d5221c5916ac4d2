import type { Urgency } from '@lifeline/functions/contract'
import { Button, Group, Radio, Textarea } from '@mantine/core'
import { useState, type FormEvent } from 'react'
import { Dialog } from '../ui/dialog.tsx'
import { UrgencyBadge } from '../ui/urgency-badge.tsx'
import classes from './urgency-control.module.css'

const URGENCIES: readonly Urgency[] = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW']

/** Longest reason that the server takes, characters. */
const REASON_MAX_LENGTH = 500

export type UrgencyControlProps = {
  urgency: Urgency
  isBusy: boolean
  onChange: (urgency: Urgency, reason: string) => void
}

/** Lets the holder change how urgent a call is, and asks why: whoever reads the call later has to understand it. */
export function UrgencyControl({ urgency, isBusy, onChange }: UrgencyControlProps) {
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Button size="sm" variant="default" loading={isBusy} onClick={() => setOpen(true)}>
        Change urgency
      </Button>
      <Dialog title="Change the urgency" opened={isOpen} onClose={() => setOpen(false)}>
        <UrgencyForm
          urgency={urgency}
          onCancel={() => setOpen(false)}
          onSubmit={(next, reason) => {
            setOpen(false)
            onChange(next, reason)
          }}
        />
      </Dialog>
    </>
  )
}

type UrgencyFormProps = {
  urgency: Urgency
  onCancel: () => void
  onSubmit: (urgency: Urgency, reason: string) => void
}

function UrgencyForm({ urgency, onCancel, onSubmit }: UrgencyFormProps) {
  const [next, setNext] = useState<Urgency>(urgency)
  const [reason, setReason] = useState('')
  const [isChecked, setChecked] = useState(false)
  const isSame = next === urgency
  const isSilent = reason.trim() === ''
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setChecked(true)
    if (!isSame && !isSilent) onSubmit(next, reason.trim())
  }
  return (
    <form onSubmit={submit} noValidate>
      <Radio.Group
        label="How urgent is it now?"
        value={next}
        onChange={(value) => setNext(URGENCIES.find((each) => each === value) ?? urgency)}
        error={isChecked && isSame ? 'It has this urgency already.' : undefined}
      >
        <div className={classes.choices}>
          {URGENCIES.map((each) => (
            <Radio
              key={each}
              value={each}
              data-autofocus={each === urgency || undefined}
              label={<UrgencyBadge urgency={each} />}
            />
          ))}
        </div>
      </Radio.Group>
      <Textarea
        label="Why?"
        mt={12}
        autosize
        minRows={2}
        maxRows={6}
        dir="auto"
        maxLength={REASON_MAX_LENGTH}
        value={reason}
        error={isChecked && isSilent ? 'Say in a few words what has changed.' : undefined}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <Group justify="flex-end" mt={16}>
        <Button variant="default" onClick={onCancel}>
          Cancel
        </Button>
        <Button type="submit">Change</Button>
      </Group>
    </form>
  )
}
