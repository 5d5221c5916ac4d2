import {
  type NewProcedureBody,
  NewProcedureBody as Schema,
  type Procedure,
} from '@lifeline/functions/contract'
import { Button, Checkbox, Group, NumberInput, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { describeError } from '../api/errors.ts'
import classes from './procedures-page.module.css'

export type ProcedureEditorProps = {
  /** The version that is changed; null for a new one. */
  procedure: Procedure | null
  /** Rejects with what went wrong. */
  onSave: (body: NewProcedureBody) => Promise<void>
  onCancel: () => void
}

const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')

/** Changes a procedure, or writes a new one. Its translations stay with it only while its steps are the same. */
export function ProcedureEditor({ procedure, onSave, onCancel }: ProcedureEditorProps) {
  const [title, setTitle] = useState(procedure?.title ?? '')
  const [steps, setSteps] = useState(procedure?.steps.join('\n') ?? '')
  const [avoid, setAvoid] = useState(procedure?.avoid.join('\n') ?? '')
  const [keywords, setKeywords] = useState(procedure?.keywords.join(', ') ?? '')
  const [priority, setPriority] = useState(procedure?.priority ?? 5)
  const [isReviewed, setReviewed] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const [isBusy, setBusy] = useState(false)

  const submit = async () => {
    const isSame =
      procedure?.steps.join('\n') === linesOf(steps).join('\n') &&
      procedure.avoid.join('\n') === linesOf(avoid).join('\n')
    const body = Schema.safeParse({
      title,
      steps: linesOf(steps),
      avoid: linesOf(avoid),
      keywords: keywords
        .split(',')
        .map((each) => each.trim())
        .filter((each) => each !== ''),
      priority,
      // Words of another language that say something else than these would be worse than none.
      translations: isSame ? procedure.translations : [],
      reviewed: isReviewed,
    })
    if (!body.success) {
      setProblem(body.error.issues.map(({ path, message }) => `${path.join(' ')}: ${message}`).join('. '))
      return
    }
    setBusy(true)
    setProblem(null)
    try {
      await onSave(body.data)
    } catch (error) {
      setProblem(describeError(error))
      setBusy(false)
    }
  }

  return (
    <form
      className={classes.procedure}
      aria-label={procedure === null ? 'New procedure' : 'Edit the procedure'}
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
    >
      <TextInput
        label="Title"
        required
        maxLength={80}
        value={title}
        onChange={({ currentTarget: { value } }) => setTitle(value)}
      />
      <Textarea
        label="Steps"
        description="One a line, in short sentences; at most 12"
        required
        autosize
        minRows={5}
        value={steps}
        onChange={({ currentTarget: { value } }) => setSteps(value)}
      />
      <Textarea
        label="What not to do"
        description="One a line; at most 6"
        autosize
        minRows={2}
        value={avoid}
        onChange={({ currentTarget: { value } }) => setAvoid(value)}
      />
      <Textarea
        label="Keywords"
        description="Words and short phrases of people in trouble, in any language, with commas between"
        required
        autosize
        minRows={3}
        maxRows={10}
        value={keywords}
        onChange={({ currentTarget: { value } }) => setKeywords(value)}
      />
      <NumberInput
        label="Order"
        description="1 for what kills within minutes, 9 for what can wait"
        min={1}
        max={9}
        value={priority}
        onChange={(value) => setPriority(Number(value))}
      />
      {procedure !== null && procedure.translations.length > 0 && (
        <p className={classes.quiet}>
          Its translations are kept only while the steps and what not to do stay the same.
        </p>
      )}
      <Checkbox
        label="I have read this and stand for it"
        checked={isReviewed}
        onChange={({ currentTarget: { checked } }) => setReviewed(checked)}
      />
      {problem !== null && (
        <p role="alert" className={classes.problem}>
          {problem}
        </p>
      )}
      <Group>
        <Button size="sm" type="submit" loading={isBusy}>
          Save
        </Button>
        <Button size="sm" variant="default" onClick={onCancel}>
          Cancel
        </Button>
      </Group>
    </form>
  )
}
