import { CallStatus, Urgency, type ConversationsResponse } from '@lifeline/functions/contract'
import { NativeSelect, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { HistoryParams } from '../history/history-params.ts'
import classes from '../history/history.module.css'
import { URGENCY_WORDS } from '../ui/urgency-badge.tsx'
import { usePeople } from './people.ts'

type FiltersProps = { params: HistoryParams; onChange: (change: Partial<HistoryParams>) => void }
type CallFiltersProps = FiltersProps & {
  /** What is listed now; whoever was listed may be chosen from then on. */
  conversations: readonly ConversationsResponse[] | undefined
}

/** What narrows the ended calls. */
export function CallFilters({ params, conversations, onChange }: CallFiltersProps) {
  const { me, nameAdmin } = usePeople()
  const people = usePeopleListed(conversations)
  const pick = picker(onChange)
  const workers = withChosen(people.workers, params.worker, (id) => id)
  const agents = withChosen(people.agents, params.agent, nameAdmin)
  return (
    <div className={classes.filters} role="group" aria-label="Filters">
      <NativeSelect
        label="Dispatcher"
        value={params.agent ?? ''}
        onChange={pick('agent')}
        data={[
          { value: '', label: me.role === 'manager' ? 'Team, nobody' : 'Me, nobody' },
          ...[...agents].map(([value, label]) => ({ value, label })),
        ]}
      />
      <NativeSelect
        label="Worker"
        value={params.worker ?? ''}
        onChange={pick('worker')}
        data={[{ value: '', label: 'Anybody' }, ...[...workers].map(([value, label]) => ({ value, label }))]}
      />
      <NativeSelect
        label="Urgency"
        value={params.urgency ?? ''}
        onChange={pick('urgency')}
        data={[
          { value: '', label: 'Any' },
          ...Urgency.options.map((value) => ({ value, label: URGENCY_WORDS[value] })),
        ]}
      />
      <Days params={params} onChange={onChange} />
    </div>
  )
}

/** What narrows the chats. */
export function ChatFilters({ params, onChange }: FiltersProps) {
  const { me } = usePeople()
  const pick = picker(onChange)
  return (
    <div className={classes.filters} role="group" aria-label="Filters">
      <NativeSelect
        label="Written by"
        value={params.whose ?? ''}
        onChange={pick('whose')}
        data={[
          { value: '', label: 'Anybody' },
          ...(me.role === 'manager' ? [{ value: 'team', label: 'Me or my team' }] : []),
          { value: 'me', label: 'Me' },
        ]}
      />
      <NativeSelect
        label="State"
        value={params.status ?? ''}
        onChange={pick('status')}
        data={[
          { value: '', label: 'All' },
          ...CallStatus.options.map((value) => ({ value, label: value === 'ACTIVE' ? 'Active' : 'Ended' })),
        ]}
      />
      <Days params={params} onChange={onChange} />
    </div>
  )
}

function Days({ params, onChange }: FiltersProps) {
  const pick = picker(onChange)
  return (
    <>
      <TextInput label="Started from" type="date" value={params.from ?? ''} onChange={pick('from')} />
      <TextInput label="Started to" type="date" value={params.to ?? ''} onChange={pick('to')} />
    </>
  )
}

const picker =
  (onChange: FiltersProps['onChange']) =>
  (name: keyof HistoryParams) =>
  (event: { currentTarget: { value: string } }) =>
    onChange({ [name]: event.currentTarget.value || undefined })

/** Names by id. */
type Names = ReadonlyMap<string, string>
type PeopleListed = { workers: Names; agents: Names }

/** Everybody on a page that was shown: whoever narrows to one must be able to choose another. */
function usePeopleListed(conversations: readonly ConversationsResponse[] | undefined): PeopleListed {
  const [seen, setSeen] = useState<PeopleListed>({ workers: new Map(), agents: new Map() })
  const workers = namesNew(seen.workers, conversations, ({ worker_id, worker_name }) => [
    worker_id,
    worker_name,
  ])
  const agents = namesNew(seen.agents, conversations, ({ agent_id, agent_name }) => [agent_id, agent_name])
  if (workers !== seen.workers || agents !== seen.agents) setSeen({ workers, agents })
  return seen
}

/** The same map when nobody is new. */
function namesNew(
  seen: Names,
  conversations: readonly ConversationsResponse[] = [],
  entry: (conversation: ConversationsResponse) => [string | null | undefined, string | null | undefined],
): Names {
  const news = conversations.flatMap((conversation) => {
    const [id, name] = entry(conversation)
    return id && !seen.has(id) ? [[id, name || id] as const] : []
  })
  return news.length === 0 ? seen : new Map([...seen, ...news])
}

/** What the address has chosen can be seen as chosen, also before anything was listed. */
const withChosen = (names: Names, id: string | undefined, nameOf: (id: string) => string): Names =>
  id === undefined || names.has(id) ? names : new Map([...names, [id, nameOf(id)]])
