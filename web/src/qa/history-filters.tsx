import { NativeSelect, Select, TextInput } from '@mantine/core'
import { useDebouncedCallback, useDebouncedValue } from '@mantine/hooks'
import { useState } from 'react'
import classes from './history-pane.module.css'
import { nameOf } from './portrait.tsx'
import type { SessionParams } from './session-params.ts'
import { useProspects } from './use-prospects.ts'

const TYPING_MS = 250

export type HistoryFiltersProps = {
  params: SessionParams
  onChange: (change: Partial<SessionParams>) => void
}

const SORTS = [
  { value: '', label: 'Newest first' },
  { value: 'created_at asc', label: 'Oldest first' },
  { value: 'completed_at', label: 'Last completed first' },
  { value: 'completed_at asc', label: 'First completed first' },
  { value: 'status asc', label: 'By status' },
] as const

/** What narrows and orders the list of sessions. */
export function HistoryFilters({ params, onChange }: HistoryFiltersProps) {
  const pick = (name: 'status' | 'from' | 'to') => (event: { currentTarget: { value: string } }) =>
    onChange({ [name]: event.currentTarget.value || undefined, page: undefined })
  const sort = SORTS.find(
    ({ value }) => value === [params.sort, params.order].filter(Boolean).join(' '),
  )?.value
  return (
    <div className={classes.filters} role="group" aria-label="Filters">
      <Words value={params.q} onChange={(q) => onChange({ q, page: undefined })} />
      <NativeSelect
        size="xs"
        label="Status"
        value={params.status ?? ''}
        onChange={pick('status')}
        data={[
          { value: '', label: 'Any' },
          { value: 'active', label: 'In progress' },
          { value: 'completed', label: 'Completed' },
          { value: 'failed', label: 'Failed or cancelled' },
        ]}
      />
      <Prospect value={params.prospect} onChange={(prospect) => onChange({ prospect, page: undefined })} />
      <TextInput size="xs" label="From" type="date" value={params.from ?? ''} onChange={pick('from')} />
      <TextInput size="xs" label="To" type="date" value={params.to ?? ''} onChange={pick('to')} />
      <NativeSelect
        size="xs"
        label="Order"
        value={sort ?? ''}
        onChange={({ currentTarget: { value } }) => {
          const [by, order] = value.split(' ')
          onChange({
            sort: (by || undefined) as SessionParams['sort'],
            order: order === 'asc' ? order : undefined,
            page: undefined,
          })
        }}
        data={[...SORTS]}
      />
    </div>
  )
}

type FieldProps = { value: string | undefined; onChange: (value: string | undefined) => void }

/** The address follows a little later, and the field does not wait for it. */
function Words({ value = '', onChange }: FieldProps) {
  const [text, setText] = useState(value)
  const [told, setTold] = useState(value)
  const [sent, setSent] = useState(value)
  if (told !== value) {
    setTold(value)
    // Changed by something else, such as "show all"; what was typed since then is not ours to undo.
    if (value !== sent) setText(value)
  }
  const tell = useDebouncedCallback((words: string) => {
    setSent(words.trim())
    onChange(words.trim() || undefined)
  }, TYPING_MS)
  return (
    <TextInput
      size="xs"
      label="Search"
      placeholder="In questions and names"
      type="search"
      maxLength={200}
      value={text}
      onChange={({ currentTarget }) => {
        setText(currentTarget.value)
        tell(currentTarget.value)
      }}
    />
  )
}

function Prospect({ value, onChange }: FieldProps) {
  const [text, setText] = useState('')
  const [search] = useDebouncedValue(text, TYPING_MS)
  const { data } = useProspects({ search, classes: [] }, 1)
  const found = (data?.prospects ?? []).map((each) => ({ value: each.lead_id, label: nameOf(each) }))
  const isListed = value === undefined || found.some((each) => each.value === value)
  return (
    <Select
      size="xs"
      label="Prospect"
      placeholder="Anybody"
      searchable
      clearable
      clearButtonProps={{ 'aria-label': 'Anybody' }}
      nothingFoundMessage="Nobody of that name"
      // The API has looked already, also where the label does not say why it was found.
      filter={({ options }) => options}
      value={value ?? null}
      onChange={(chosen) => onChange(chosen ?? undefined)}
      onSearchChange={(typed) => setText(found.some(({ label }) => label === typed) ? '' : typed)}
      data={isListed ? found : [{ value, label: value }, ...found]}
      comboboxProps={{ transitionProps: { duration: 0 } }}
    />
  )
}
