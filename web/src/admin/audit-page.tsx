import { AuditAction, type AuditEntry, isChatKey } from '@lifeline/functions/contract'
import { Button, NativeSelect, TextInput } from '@mantine/core'
import { IconCloudOff, IconListSearch, IconLock } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { z } from 'zod'
import { ApiError, describeError } from '../api/errors.ts'
import { useServices } from '../api/services.ts'
import { startOfDay } from '../ui/day.ts'
import { formatExact } from '../ui/format-time.ts'
import { StateMessage } from '../ui/state-message.tsx'
import { GhostRows } from '../ui/ghost-rows.tsx'
import classes from './audit-page.module.css'
import { ACTION_WORDS, OUTCOME_WORDS, reasonInWords } from './audit-words.ts'
import { usePeople } from './people.ts'

const text = z.string().max(128).optional().catch(undefined)

const day = z
  .string()
  .regex(/^\d{4}-\d\d-\d\d$/)
  .optional()
  .catch(undefined)

/** What the address of the audit log says; whatever it says wrongly is left out. Days are the reader's own. */
export const AuditParams = z.object({
  conversation: text,
  person: text,
  action: AuditAction.optional().catch(undefined),
  from: day,
  to: day,
})
type AuditParams = z.infer<typeof AuditParams>

/** Who has read and done what, for managers. */
export function AuditPage() {
  const params = useSearch({ from: '/console/audit' })
  const navigate = useNavigate({ from: '/audit' })
  const change = (part: Partial<AuditParams>) =>
    void navigate({ search: (before) => ({ ...before, ...part }), replace: true })
  return (
    <div className={classes.page}>
      <h2 className={classes.title}>Audit log</h2>
      <Filters params={params} onChange={change} />
      <Entries params={params} />
    </div>
  )
}

function Filters({
  params,
  onChange,
}: {
  params: AuditParams
  onChange: (part: Partial<AuditParams>) => void
}) {
  const { colleagues } = usePeople()
  const [conversation, setConversation] = useState(params.conversation ?? '')
  const people = (colleagues ?? []).map(({ admin_id, name }) => ({ value: admin_id, label: name }))
  const actions = AuditAction.options.map((value) => ({ value, label: ACTION_WORDS[value] }))
  return (
    <form
      className={classes.filters}
      aria-label="Filters"
      onSubmit={(event) => {
        event.preventDefault()
        onChange({ conversation: conversation.trim() || undefined })
      }}
    >
      <NativeSelect
        label="Person"
        value={params.person ?? ''}
        data={[{ value: '', label: 'Everybody' }, ...people]}
        onChange={({ currentTarget: { value } }) => onChange({ person: value || undefined })}
      />
      <NativeSelect
        label="What"
        value={params.action ?? ''}
        data={[{ value: '', label: 'Everything' }, ...actions]}
        onChange={({ currentTarget: { value } }) => onChange({ action: AuditAction.safeParse(value).data })}
      />
      <TextInput
        type="date"
        label="From"
        value={params.from ?? ''}
        onChange={({ currentTarget: { value } }) => onChange({ from: value || undefined })}
      />
      <TextInput
        type="date"
        label="To"
        value={params.to ?? ''}
        onChange={({ currentTarget: { value } }) => onChange({ to: value || undefined })}
      />
      <TextInput
        label="Conversation (id)"
        value={conversation}
        onChange={({ currentTarget: { value } }) => setConversation(value)}
        onBlur={() => onChange({ conversation: conversation.trim() || undefined })}
      />
    </form>
  )
}

function Entries({ params }: { params: AuditParams }) {
  const { client } = useServices()
  const log = useInfiniteQuery({
    queryKey: ['audit', params],
    queryFn: ({ pageParam, signal }) => client.audit(queryOf(params, pageParam), signal),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next_cursor }) => next_cursor,
    staleTime: 0,
    retry: false,
  })
  if (log.isPending) return <GhostRows what="the audit log" rows={5} height={44} />
  if (log.isError) {
    const isRefused = log.error instanceof ApiError && log.error.status === 403
    return (
      <StateMessage
        icon={isRefused ? <IconLock size={24} /> : <IconCloudOff size={24} />}
        title={isRefused ? 'The audit log is for managers' : 'The audit log cannot be loaded'}
        isAlert
        action={
          isRefused ? undefined : (
            <Button size="sm" onClick={() => void log.refetch()}>
              Try again
            </Button>
          )
        }
      >
        {isRefused ? 'Ask a manager of your company for what you need to know.' : describeError(log.error)}
      </StateMessage>
    )
  }
  const entries = log.data.pages.flatMap((page) => page.entries)
  if (entries.length === 0) {
    return (
      <StateMessage icon={<IconListSearch size={24} />} title="Nothing in the log fits">
        Whatever is read, done or refused appears here within a second.
      </StateMessage>
    )
  }
  return (
    <>
      <ol className={classes.list} aria-label="Entries, latest first">
        {entries.map((entry) => (
          <Row key={entry.id} entry={entry} />
        ))}
      </ol>
      {log.hasNextPage ? (
        <Button variant="default" loading={log.isFetchingNextPage} onClick={() => void log.fetchNextPage()}>
          Earlier entries
        </Button>
      ) : (
        <p className={classes.end}>This is where the log begins.</p>
      )}
    </>
  )
}

function queryOf(
  { conversation, person, action, from, to }: AuditParams,
  cursor: string | null,
): URLSearchParams {
  const given = {
    conversation_id: conversation,
    actor: person,
    action,
    from: from && startOfDay(from, 0),
    to: to && startOfDay(to, 1),
    cursor,
  }
  const query = new URLSearchParams({ limit: '50' })
  for (const [name, value] of Object.entries(given)) if (value) query.set(name, value)
  return query
}

function Row({ entry }: { entry: AuditEntry }) {
  const { actor, action, outcome, reason, at, conversation_id } = entry
  return (
    <li className={classes.row} data-outcome={outcome}>
      <time className="numbers" dateTime={at}>
        {formatExact(at)}
      </time>
      <span>
        <bdi className={classes.who}>{actor.name}</bdi> {ACTION_WORDS[action]}
      </span>
      <span className={classes.outcome}>
        {OUTCOME_WORDS[outcome]}
        {reason !== null && `: ${reasonInWords(reason)}`}
      </span>
      <span className={classes.target}>
        {conversation_id !== null && outcome !== 'denied' ? (
          <ConversationLink id={conversation_id} />
        ) : (
          (conversation_id ?? entry.call_id ?? '')
        )}
      </span>
    </li>
  )
}

const ConversationLink = ({ id }: { id: string }) =>
  isChatKey(id) ? (
    <Link className={classes.link ?? ''} to="/chats/$chatKey" params={{ chatKey: id }}>
      {id}
    </Link>
  ) : (
    <Link className={classes.link ?? ''} to="/conversations/$conversationId" params={{ conversationId: id }}>
      {id}
    </Link>
  )
