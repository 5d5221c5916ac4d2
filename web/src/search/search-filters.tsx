import { CallStatus, Urgency, type Colleague } from '@lifeline/functions/contract'
import { NativeSelect, TextInput } from '@mantine/core'
import { URGENCY_WORDS } from '../ui/urgency-badge.tsx'
import classes from './search.module.css'
import type { SearchParams } from './search-params.ts'

export type SearchFiltersProps = {
  params: SearchParams
  /** Workers to choose from, with their names. */
  workers: ReadonlyMap<string, string>
  colleagues: readonly Colleague[]
  onChange: (change: Partial<SearchParams>) => void
}

const any = (label: string) => ({ value: '', label })

/** What narrows a search. */
export function SearchFilters({ params, workers, colleagues, onChange }: SearchFiltersProps) {
  const pick = (name: keyof SearchParams) => (event: { currentTarget: { value: string } }) =>
    onChange({ [name]: event.currentTarget.value || undefined })
  const known = new Map(workers)
  if (params.worker !== undefined && !known.has(params.worker)) known.set(params.worker, params.worker)
  return (
    <div className={classes.filters} role="group" aria-label="Filters">
      <NativeSelect
        label="Urgency"
        value={params.urgency ?? ''}
        onChange={pick('urgency')}
        data={[any('Any'), ...Urgency.options.map((value) => ({ value, label: URGENCY_WORDS[value] }))]}
      />
      <NativeSelect
        label="State"
        value={params.status ?? ''}
        onChange={pick('status')}
        data={[
          any('All'),
          ...CallStatus.options.map((value) => ({ value, label: value === 'ACTIVE' ? 'Active' : 'Ended' })),
        ]}
      />
      <NativeSelect
        label="Worker"
        value={params.worker ?? ''}
        onChange={pick('worker')}
        data={[any('Anybody'), ...[...known].map(([value, label]) => ({ value, label }))]}
      />
      <NativeSelect
        label="Dispatcher"
        value={params.admin ?? ''}
        onChange={pick('admin')}
        data={[
          any('Anybody'),
          ...colleagues.map(({ admin_id, name }) => ({ value: admin_id, label: name || admin_id })),
        ]}
      />
      <TextInput label="From" type="date" value={params.from ?? ''} onChange={pick('from')} />
      <TextInput label="To" type="date" value={params.to ?? ''} onChange={pick('to')} />
      <NativeSelect
        label="Order"
        value={params.sort ?? ''}
        onChange={pick('sort')}
        data={[any('Best first'), { value: 'newest', label: 'Newest first' }]}
      />
    </div>
  )
}
