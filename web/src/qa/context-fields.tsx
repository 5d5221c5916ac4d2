import { Button, CloseButton, Collapse, NativeSelect, TextInput } from '@mantine/core'
import { IconChevronDown, IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import classes from './builder.module.css'
import { type Draft, type ExpectedField, MAX_CONTROLS, nextKey } from './draft.ts'
import { FIELD_WORDS } from './words.ts'

export type ContextFieldsProps = {
  draft: Draft
  problem: string | undefined
  onChange: (change: (draft: Draft) => Draft) => void
}

/** What goes with the question but is not asked, and control questions that the panel is measured by. */
export function ContextFields({ draft, problem, onChange }: ContextFieldsProps) {
  const { context, controls } = draft
  const count = context.length + controls.length
  const [isAsked, setAsked] = useState(false)
  const isOpen = isAsked || problem !== undefined
  return (
    <div>
      <Button
        size="compact-sm"
        variant="subtle"
        className={classes.disclosure ?? ''}
        aria-expanded={isOpen}
        aria-controls="qa-context"
        leftSection={<IconChevronDown size={16} aria-hidden data-open={isOpen || undefined} />}
        onClick={() => setAsked(!isOpen)}
      >
        Context and control questions{count > 0 && ` (${count})`}
      </Button>
      <Collapse expanded={isOpen} transitionDuration={0} id="qa-context">
        <div className={classes.context}>
          <ContextLines context={context} onChange={onChange} />
          <ControlLines controls={controls} onChange={onChange} />
          {problem !== undefined && (
            <p className={classes.problem} role="alert">
              {problem}
            </p>
          )}
        </div>
      </Collapse>
    </div>
  )
}

type OnChange = ContextFieldsProps['onChange']

function ContextLines({ context, onChange }: Pick<Draft, 'context'> & { onChange: OnChange }) {
  const set = (key: number, part: { name?: string; value?: string }) =>
    onChange((draft) => ({
      ...draft,
      context: draft.context.map((line) => (line.key === key ? { ...line, ...part } : line)),
    }))
  return (
    <>
      <p className={classes.hint}>Kept with the session, such as the campaign that it belongs to.</p>
      {context.map(({ key, name, value }, at) => (
        <div className={classes.line} key={key} role="group" aria-label={`Context, line ${at + 1}`}>
          <TextInput
            size="xs"
            aria-label="Name"
            placeholder="campaign_id"
            maxLength={100}
            value={name}
            onChange={({ currentTarget }) => set(key, { name: currentTarget.value })}
          />
          <TextInput
            size="xs"
            aria-label="Value"
            placeholder="CAMP-2024-Q1"
            maxLength={2_000}
            value={value}
            onChange={({ currentTarget }) => set(key, { value: currentTarget.value })}
          />
          <CloseButton
            aria-label="Take this line away"
            onClick={() =>
              onChange((draft) => ({ ...draft, context: draft.context.filter((line) => line.key !== key) }))
            }
          />
        </div>
      ))}
      <AddButton
        words="Add context"
        isFull={context.length >= 20}
        onClick={() =>
          onChange((draft) => ({
            ...draft,
            context: [...draft.context, { key: nextKey(draft.context), name: '', value: '' }],
          }))
        }
      />
    </>
  )
}

function ControlLines({ controls, onChange }: Pick<Draft, 'controls'> & { onChange: OnChange }) {
  const set = (key: number, part: { question?: string; field?: ExpectedField }) =>
    onChange((draft) => ({
      ...draft,
      controls: draft.controls.map((line) => (line.key === key ? { ...line, ...part } : line)),
    }))
  return (
    <>
      <p className={classes.hint}>
        A control question has a known answer: it shows whether these people are who they should be.
      </p>
      {controls.map(({ key, question, field }, at) => (
        <div className={classes.line} key={key} role="group" aria-label={`Control question ${at + 1}`}>
          <TextInput
            size="xs"
            aria-label="Control question"
            placeholder="What do you do for a living?"
            maxLength={500}
            dir="auto"
            value={question}
            onChange={({ currentTarget }) => set(key, { question: currentTarget.value })}
          />
          <NativeSelect
            size="xs"
            aria-label="Has to name their"
            value={field}
            onChange={({ currentTarget }) => set(key, { field: currentTarget.value as ExpectedField })}
            data={Object.entries(FIELD_WORDS).map(([value, label]) => ({ value, label: `their ${label}` }))}
          />
          <CloseButton
            aria-label="Take this control question away"
            onClick={() =>
              onChange((draft) => ({ ...draft, controls: draft.controls.filter((line) => line.key !== key) }))
            }
          />
        </div>
      ))}
      <AddButton
        words="Add a control question"
        isFull={controls.length >= MAX_CONTROLS}
        onClick={() =>
          onChange((draft) => ({
            ...draft,
            controls: [
              ...draft.controls,
              { key: nextKey(draft.controls), question: '', field: 'occupation' },
            ],
          }))
        }
      />
    </>
  )
}

function AddButton({ words, isFull, onClick }: { words: string; isFull: boolean; onClick: () => void }) {
  return (
    <Button
      size="compact-sm"
      variant="default"
      className={classes.add ?? ''}
      disabled={isFull}
      leftSection={<IconPlus size={14} aria-hidden />}
      onClick={onClick}
    >
      {words}
    </Button>
  )
}
