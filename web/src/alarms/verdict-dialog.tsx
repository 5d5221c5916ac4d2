import { Verdict, type Alarm } from '@lifeline/functions/contract'
import { Button, Group, Radio, Stack, Textarea } from '@mantine/core'
import { useState, type FormEvent } from 'react'
import { describeError } from '../api/errors.ts'
import { useServices } from '../api/services.ts'
import { Dialog } from '../ui/dialog.tsx'
import classes from './alarms.module.css'

export const VERDICT_WORDS: Record<Verdict, string> = {
  'worker-safe': 'The worker is safe',
  'help-sent': 'Help was sent',
  'false-alarm': 'False alarm',
  drill: 'Drill',
  other: 'Something else',
}

export type VerdictDialogProps = { alarm: Alarm; opened: boolean; onClose: () => void; onDone?: () => void }

/** What it was, in the end. It closes the alarm for everybody. */
export function VerdictDialog({ alarm, opened, onClose, onDone }: VerdictDialogProps) {
  const { client } = useServices()
  const [verdict, setVerdict] = useState<Verdict>()
  const [note, setNote] = useState('')
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string>()

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (verdict === undefined) return setProblem('Choose what it was.')
    if (verdict === 'other' && note.trim() === '') return setProblem('Say in a few words what it was.')
    setBusy(true)
    setProblem(undefined)
    try {
      await client.closeAlarm(alarm.alarm_id, verdict, note.trim())
      onClose()
      onDone?.()
    } catch (error) {
      setProblem(describeError(error))
    } finally {
      setBusy(false)
    }
    return undefined
  }
  return (
    <Dialog title={`What was the alarm about ${alarm.worker_name}?`} opened={opened} onClose={onClose}>
      <form onSubmit={(event) => void submit(event)}>
        <Stack gap={12}>
          <Radio.Group
            label="Verdict"
            value={verdict ?? null}
            onChange={(value) => setVerdict(Verdict.safeParse(value).data)}
          >
            <Stack gap={8} mt={4}>
              {Verdict.options.map((option) => (
                <Radio key={option} value={option} label={VERDICT_WORDS[option]} />
              ))}
            </Stack>
          </Radio.Group>
          <Textarea
            label={verdict === 'other' ? 'Note' : 'Note (optional)'}
            autosize
            minRows={2}
            dir="auto"
            maxLength={1_000}
            value={note}
            onChange={({ currentTarget: { value } }) => setNote(value)}
          />
          <p className={classes.problem} role="alert">
            {problem}
          </p>
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Not yet
            </Button>
            <Button type="submit" loading={isBusy}>
              Close the alarm
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  )
}
