import { Link } from '@tanstack/react-router'
import { use } from 'react'
import { UrgencyBadge } from '../ui/urgency-badge.tsx'
import { formatClock, formatExact } from '../ui/format-time.ts'
import { DetailsSection, type DetailsProps } from './details-section.tsx'
import { CallsContext, usePeople } from './people.ts'
import classes from './sections.module.css'

/** Who is calling, and what else they have open. */
export function WorkerSection({ conversation }: DetailsProps) {
  const { nameWorker, numberOfWorker } = usePeople()
  const calls = use(CallsContext)
  const { worker_id, mobile_no, call_id, timestamp, medium } = conversation.call
  const number = mobile_no || numberOfWorker(worker_id)
  const others = [...(calls?.values() ?? [])].filter(
    (call) => call.worker_id === worker_id && call.call_id !== call_id,
  )
  return (
    <DetailsSection title="Worker">
      <p className={classes.name}>
        <bdi>{nameWorker(worker_id)}</bdi>
      </p>
      <dl className={`${classes.facts} numbers`}>
        <dt>Number</dt>
        <dd>{number === '' ? 'none' : <a href={`tel:${number.replaceAll(/[^+\d]/g, '')}`}>{number}</a>}</dd>
        <dt>Started</dt>
        <dd>
          <time dateTime={timestamp}>{formatExact(timestamp)}</time>
        </dd>
        <dt>By</dt>
        <dd>
          <bdi>{medium}</bdi>
        </dd>
      </dl>
      {others.length > 0 && (
        <>
          <p className={classes.line}>Other open calls of this worker:</p>
          <ul className={classes.list}>
            {others.map((call) => (
              <li key={call.call_id}>
                <Link
                  to="/conversations/$conversationId"
                  params={{ conversationId: call.conversation_id }}
                  className={classes.link ?? ''}
                >
                  <UrgencyBadge urgency={call.urgency} />
                  <span className="numbers">since {formatClock(call.started_at)}</span>
                </Link>
              </li>
            ))}
          </ul>
        </>
      )}
    </DetailsSection>
  )
}
