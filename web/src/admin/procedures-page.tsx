import {
  type Procedure,
  ProcedureReply,
  ProceduresReply,
  type NewProcedureBody,
} from '@lifeline/functions/contract'
import { Button, Group, Switch, TextInput } from '@mantine/core'
import { IconBook2, IconCloudOff } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { describeError } from '../api/errors.ts'
import { LoadFailure } from '../api/load-failure.tsx'
import { jsonPost } from '../api/http.ts'
import { useServices } from '../api/services.ts'
import { StateMessage } from '../ui/state-message.tsx'
import { GhostRows } from '../ui/ghost-rows.tsx'
import { usePeople } from './people.ts'
import { ProcedureEditor } from './procedure-editor.tsx'
import { ProcedureHistory } from './procedure-history.tsx'
import classes from './procedures-page.module.css'

/** What is open beside the list: one that is there, a new one, or none. */
type Open = { id: string; isEditing: boolean } | 'new' | null

/** What the assistant answers workers from; managers change it. */
export function ProceduresPage() {
  const { client } = useServices()
  const { me } = usePeople()
  const queries = useQueryClient()
  const [isDeleted, setDeleted] = useState(false)
  const [search, setSearch] = useState('')
  const [open, setOpen] = useState<Open>(null)
  const isManager = me.role !== 'agent'
  const list = useQuery({
    queryKey: ['procedures', isDeleted],
    queryFn: ({ signal }) => client.read(`/api/procedures?deleted=${isDeleted}`, ProceduresReply, { signal }),
    staleTime: 0,
    retry: false,
  })
  const id = open !== null && open !== 'new' ? open.id : null
  const chosen = useQuery({
    queryKey: ['procedure', id],
    queryFn: ({ signal }) =>
      client.read(`/api/procedures/${encodeURIComponent(id ?? '')}`, ProcedureReply, { signal }),
    enabled: id !== null,
    staleTime: 0,
    retry: false,
  })
  /** Sends a change, shows what came of it, and throws for who asked. */
  const change = async (path: string, init: RequestInit): Promise<void> => {
    const reply = await client.read(path, ProcedureReply, init)
    queries.setQueryData(['procedure', reply.procedure.procedure_id], reply)
    setOpen({ id: reply.procedure.procedure_id, isEditing: false })
    await queries.invalidateQueries({ queryKey: ['procedures'] })
  }
  const save = (procedure: Procedure | null) => (body: NewProcedureBody) =>
    procedure === null
      ? change('/api/procedures', jsonPost(body))
      : change(`/api/procedures/${encodeURIComponent(procedure.procedure_id)}`, {
          ...jsonPost({ ...body, version: procedure.version }),
          method: 'PUT',
        })

  const found = (list.data?.procedures ?? []).filter((each) => isFound(search, each))
  return (
    <div className={classes.page}>
      <section className={classes.list} aria-label="Procedures">
        <Group justify="space-between">
          <h2 className={classes.title}>Procedures</h2>
          {isManager && (
            <Button size="sm" onClick={() => setOpen('new')}>
              Add a procedure
            </Button>
          )}
        </Group>
        <p className={classes.quiet}>
          While nobody holds a call, the automatic assistant answers its worker from these, and from nothing
          else.
        </p>
        <TextInput
          label="Search"
          type="search"
          value={search}
          onChange={({ currentTarget: { value } }) => setSearch(value)}
        />
        <Switch
          label="Show those taken away"
          checked={isDeleted}
          onChange={({ currentTarget: { checked } }) => setDeleted(checked)}
        />
        {list.isPending ? (
          <GhostRows what="the procedures" rows={4} height={44} />
        ) : list.isError ? (
          <LoadFailure
            title="The procedures cannot be loaded"
            error={list.error}
            onRetry={() => list.refetch()}
          />
        ) : found.length === 0 ? (
          <StateMessage
            icon={<IconBook2 size={24} />}
            title={isDeleted ? 'None was taken away' : 'None fits'}
          >
            {search === '' ? 'There is nothing here.' : 'Search by a title, a step or a keyword.'}
          </StateMessage>
        ) : (
          <ul className={classes.rows}>
            {found.map((each) => (
              <li key={each.procedure_id}>
                <button
                  type="button"
                  className={classes.row}
                  aria-current={each.procedure_id === id || undefined}
                  onClick={() => setOpen({ id: each.procedure_id, isEditing: false })}
                >
                  <bdi>{each.title}</bdi>
                  <span className={classes.quiet}>
                    {each.origin === 'standard' ? 'Standard' : 'Your company’s own'}, version {each.version}
                    {each.reviewed_by === null && ', not reviewed'}
                  </span>
                </button>
              </li>
            ))}
          </ul>
        )}
      </section>
      <section className={classes.detail} aria-label="Procedure">
        {open === 'new' ? (
          <ProcedureEditor procedure={null} onSave={save(null)} onCancel={() => setOpen(null)} />
        ) : open === null ? (
          <StateMessage icon={<IconBook2 size={24} />} title="No procedure is open">
            Choose one to read it and what it was before.
          </StateMessage>
        ) : chosen.isError ? (
          <StateMessage icon={<IconCloudOff size={24} />} title="The procedure cannot be loaded" isAlert>
            {describeError(chosen.error)}
          </StateMessage>
        ) : chosen.data === undefined ? (
          <GhostRows what="the procedure" rows={1} height={320} />
        ) : open.isEditing ? (
          <ProcedureEditor
            key={chosen.data.procedure.version}
            procedure={chosen.data.procedure}
            onSave={save(chosen.data.procedure)}
            onCancel={() => setOpen({ id: open.id, isEditing: false })}
          />
        ) : (
          <ProcedureHistory
            key={`${open.id} ${chosen.data.procedure.version}`}
            reply={chosen.data}
            isManager={isManager}
            onEdit={() => setOpen({ id: open.id, isEditing: true })}
            onChange={change}
          />
        )}
      </section>
    </div>
  )
}

const isFound = (search: string, { title, steps, keywords }: Procedure): boolean =>
  [title, ...steps, ...keywords].join('\n').toLowerCase().includes(search.trim().toLowerCase())
