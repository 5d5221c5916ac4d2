import type { AuditEntry } from '@lifeline/functions/contract'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { describeError } from '../api/errors.ts'
import { useServices } from '../api/services.ts'
import { formatClock, formatExact } from '../ui/format-time.ts'
import { DetailsSection, type DetailsProps } from './details-section.tsx'
import { usePeople } from './people.ts'
import classes from './sections.module.css'

/** By then the log has what the viewer has just done, ms. */
const OWN_ENTRY_MS = 1_500

/** Who has opened the call's conversation. */
export const ReadersSection = ({ conversation: { call } }: DetailsProps) => (
  <Readers conversationId={call.conversation_id} />
)

/** Who has opened a conversation, with a mark or without one: from the audit log, and so for managers. */
export function Readers({ conversationId: conversation_id }: { conversationId: string }) {
  const { me } = usePeople()
  const { client } = useServices()
  const { data, error, isError } = useQuery({
    queryKey: ['audit', 'readers', conversation_id],
    queryFn: ({ signal }) => client.audit(new URLSearchParams({ conversation_id, limit: '200' }), signal),
    enabled: me.role === 'manager',
    // The viewer's own opening is written a moment after it: asked once more, and not again, for asking is noted too.
    refetchInterval: ({ state }) => (state.dataUpdateCount < 2 ? OWN_ENTRY_MS : false),
    gcTime: 0,
  })
  const readers = lastOpened(data?.entries ?? [])
  if (me.role !== 'manager') return null
  return (
    <DetailsSection title="Who has opened this">
      <ul className={classes.list}>
        {/* Of a row's height: what stands below must not move when the log has come. */}
        {readers.length === 0 && (
          <li>
            <span className={classes.quiet}>
              {isError ? describeError(error) : data === undefined ? 'Loading…' : 'Nobody yet'}
            </span>
          </li>
        )}
        {readers.map(({ actor, at }) => (
          <li key={actor.uid} className={classes.event}>
            <time className={`${classes.quiet} numbers`} dateTime={at} title={formatExact(at)}>
              {formatClock(at)}
            </time>
            <bdi>{actor.name}</bdi>
          </li>
        ))}
      </ul>
      <Link className={classes.link ?? ''} to="/audit" search={{ conversation: conversation_id }}>
        Everything in the audit log
      </Link>
    </DetailsSection>
  )
}

/** The last time of each, latest first, as the log has them. */
function lastOpened(entries: readonly AuditEntry[]): AuditEntry[] {
  const opened = entries.filter(
    ({ action, outcome }) => outcome === 'allowed' && action.startsWith('conversation.'),
  )
  const last = new Map<string, AuditEntry>()
  for (const entry of opened) if (!last.has(entry.actor.uid)) last.set(entry.actor.uid, entry)
  return [...last.values()]
}
