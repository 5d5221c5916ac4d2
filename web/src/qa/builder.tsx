import { MAX_PROSPECTS } from '@lifeline/functions/contract'
import { Button, Textarea } from '@mantine/core'
import { IconSend2 } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect, useId, useRef, useState, type FormEvent, type ReactNode } from 'react'
import classes from './builder.module.css'
import { ContextFields } from './context-fields.tsx'
import {
  type Draft,
  type DraftProblems,
  EMPTY_DRAFT,
  MAX_QUESTION,
  countCharacters,
  problemsOf,
  toRequest,
} from './draft.ts'
import { EstimateNote } from './estimate-note.tsx'
import { ImageField } from './image-field.tsx'
import { ProspectPicker } from './prospect-picker.tsx'
import { useQaApi } from './qa-api.ts'
import { type Refusal, describeRefusal } from './refusal.ts'
import { rememberEstimate } from './use-estimate.ts'
import { QUESTION_ESTIMATE_KEY } from './use-question-estimate.ts'
import { plural } from './words.ts'

export type BuilderProps = {
  draft: Draft
  onChange: (change: (draft: Draft) => Draft) => void
  /** The question was put; this is the session. */
  onAsked: (sessionId: string) => void
  /** What else can be done with prospects. */
  prospectActions?: ReactNode
}

const NO_REFUSAL: Refusal = { problems: {}, invalidIds: [] }

/** Puts a question together and asks it. */
export function Builder({ draft, onChange, onAsked, prospectActions }: BuilderProps) {
  const api = useQaApi()
  const queries = useQueryClient()
  const form = useRef<HTMLFormElement>(null)
  const estimateId = useId()
  const [attempts, setAttempts] = useState(0)
  const isTried = attempts > 0
  const [refusal, setRefusal] = useState(NO_REFUSAL)
  const submit = useMutation({
    mutationFn: (asked: Draft) => api.submit(toRequest(asked)),
    onSuccess: ({ session_id, estimated_completion_time }) => {
      rememberEstimate(queries, session_id, estimated_completion_time)
      void queries.invalidateQueries({ queryKey: ['qa-sessions'] })
      void queries.invalidateQueries({ queryKey: [QUESTION_ESTIMATE_KEY] })
      onChange(() => EMPTY_DRAFT)
      setAttempts(0)
      onAsked(session_id)
    },
    onError: (error) => setRefusal(describeRefusal(error, Date.now())),
  })
  const change = (update: (draft: Draft) => Draft) => {
    // What the API said was about the question as it was.
    setRefusal(NO_REFUSAL)
    onChange(update)
  }

  const length = countCharacters(draft.question)
  const own = problemsOf(draft)
  const isTooLong = length > MAX_QUESTION
  const shown: DraftProblems = {
    ...refusal.problems,
    ...(isTried ? own : isTooLong && own.question !== undefined ? { question: own.question } : {}),
  }
  const send = (event: FormEvent) => {
    event.preventDefault()
    setAttempts(attempts + 1)
    setRefusal(NO_REFUSAL)
    if (Object.keys(own).length === 0) submit.mutate(draft)
  }
  // Only after an attempt: while somebody mends one field, the next must not pull them away.
  useEffect(() => {
    if (attempts > 0) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  }, [attempts])

  const count = draft.chosen.size
  return (
    <form ref={form} className={classes.builder} onSubmit={send} noValidate aria-label="Ask a question">
      <div className={classes.fields}>
        <Textarea
          label="Question"
          placeholder="What would you like to know from them?"
          description={
            <span className={classes.counter}>
              <span>Every prospect answers it once, in character.</span>
              <span className="numbers" data-over={isTooLong || undefined}>
                {length.toLocaleString('en-GB')} / {MAX_QUESTION.toLocaleString('en-GB')}
              </span>
            </span>
          }
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          autosize
          minRows={3}
          maxRows={10}
          dir="auto"
          value={draft.question}
          error={shown.question}
          onChange={({ currentTarget: { value } }) => change((before) => ({ ...before, question: value }))}
        />
        <ImageField
          image={draft.image}
          problem={shown.image}
          onChange={(image) => change((before) => ({ ...before, image }))}
        />
        <ProspectPicker
          draft={draft}
          onChange={change}
          invalidIds={refusal.invalidIds}
          problem={shown.prospects}
          actions={prospectActions}
        />
        <ContextFields draft={draft} problem={shown.context} onChange={change} />
      </div>
      <div className={classes.submit}>
        {shown.form !== undefined && (
          <p className={classes.problem} role="alert">
            {shown.form}
          </p>
        )}
        <Button
          type="submit"
          fullWidth
          loading={submit.isPending}
          aria-describedby={estimateId}
          leftSection={<IconSend2 size={16} aria-hidden />}
        >
          {count === 0 ? 'Ask' : `Ask ${plural(count, 'prospect', 'prospects')}`}
        </Button>
        <EstimateNote id={estimateId} count={count} controls={draft.controls.length} />
        <p className={classes.hint}>
          {count >= MAX_PROSPECTS
            ? `A question goes to ${MAX_PROSPECTS} people at most.`
            : 'They are simulated: what they say is a hint, not a survey.'}
        </p>
      </div>
    </form>
  )
}
