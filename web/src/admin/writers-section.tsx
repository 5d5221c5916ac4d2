import type { ConversationsResponse } from '@lifeline/functions/contract'
import type { Writer } from '../chats/people-of-chat.ts'
import { formatClock, formatDay, formatExact } from '../ui/format-time.ts'
import { DetailsSection } from './details-section.tsx'
import classes from './sections.module.css'

export type WritersSectionProps = {
  writers: readonly Writer[]
  /** What is known of the chat; `undefined` while nothing is. */
  record: ConversationsResponse | undefined
}

/** When a chat was written in, and by whom. */
export function WritersSection({ writers, record }: WritersSectionProps) {
  return (
    <DetailsSection title="Who wrote in it">
      <ul className={classes.list}>
        {writers.length === 0 && <li className={classes.quiet}>Not known yet</li>}
        {writers.map(({ id, name, role }) => (
          <li key={id}>
            <bdi>{name}</bdi>
            {role !== undefined && <span className={classes.quiet}> {role}</span>}
          </li>
        ))}
      </ul>
      <dl className={classes.facts}>
        <Moment name="Began" at={record?.started_at} />
        {record?.status === 'ENDED' && <Moment name="Ended" at={record.ended_at} />}
      </dl>
    </DetailsSection>
  )
}

function Moment({ name, at }: { name: string; at: string | null | undefined }) {
  return (
    <>
      <dt>{name}</dt>
      <dd className="numbers">
        {at ? (
          <time dateTime={at} title={formatExact(at)}>
            {formatDay(at, Date.now())}, {formatClock(at)}
          </time>
        ) : (
          '…'
        )}
      </dd>
    </>
  )
}
