import type { TimelineEvent, TimelineKind } from '@lifeline/functions/contract'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useServices } from '../api/services.ts'
import { formatClock, formatExact } from '../ui/format-time.ts'
import { URGENCY_WORDS } from '../ui/urgency-badge.tsx'
import { DetailsSection, type DetailsProps } from './details-section.tsx'
import classes from './sections.module.css'

/** What happened to the call: who took it over, handed it back or on, changed its urgency and ended it. */
export function TimelineSection({ conversation: { call }, call: onBoard }: DetailsProps) {
  const { client } = useServices()
  const { conversation_id, admin_id, urgency, status } = call
  // Asked for again whenever something has happened.
  const state = [admin_id, urgency, status, onBoard?.takeover, onBoard?.transfer?.lapses_at]
  const { data, isError, refetch } = useQuery({
    queryKey: ['timeline', conversation_id, ...state],
    queryFn: ({ signal }) => client.timeline(conversation_id, signal),
    placeholderData: (before) => before,
  })
  if (data === undefined && !isError) return null
  return (
    <DetailsSection title="What happened">
      {data === undefined ? (
        <p className={classes.line}>
          It cannot be loaded.{' '}
          <button type="button" className={classes.inline} onClick={() => void refetch()}>
            Try again
          </button>
        </p>
      ) : (
        <ol className={classes.list}>
          {data.timeline.map((event) => (
            <li key={`${event.at} ${event.kind}`} className={classes.event}>
              <time className={`${classes.quiet} numbers`} dateTime={event.at} title={formatExact(event.at)}>
                {formatClock(event.at)}
              </time>
              <span>
                {TOLD[event.kind](event, (id) => (
                  <bdi>{id === undefined ? 'Lifeline' : (data.people[id] ?? id)}</bdi>
                ))}
                {event.reason !== undefined && (
                  <>
                    : <bdi>{event.reason}</bdi>
                  </>
                )}
              </span>
            </li>
          ))}
        </ol>
      )}
    </DetailsSection>
  )
}

type Tell = (event: TimelineEvent, name: (id: string | undefined) => ReactNode) => ReactNode

const RAISED_BY = {
  words: 'The worker’s words raised it',
  model: 'A language model’s reading of the worker’s words raised it',
  duress: 'The worker gave their duress word: raised',
}

const TOLD: Record<TimelineKind, Tell> = {
  started: ({ by }, name) => <>{name(by)} began the call</>,
  'taken-over': ({ by, from }, name) => (
    <>
      {name(by)} took it over{from !== undefined && <> from {name(from)}</>}
    </>
  ),
  released: ({ by }, name) => <>{name(by)} handed it back</>,
  'holder-lost': ({ from }, name) => <>{name(from)} lost the connection to it</>,
  'transfer-offered': ({ by, to }, name) => (
    <>
      {name(by)} offered it to {name(to)}
    </>
  ),
  'transfer-dropped': ({ by, to }, name) => (
    <>
      {name(by)} ended the offer to {name(to)}
    </>
  ),
  'transfer-lapsed': ({ to }, name) => <>The offer to {name(to)} lapsed</>,
  'urgency-changed': ({ by, urgency }, name) => (
    <>
      {name(by)} set it to {urgency && URGENCY_WORDS[urgency]}
    </>
  ),
  'urgency-raised': ({ urgency, cause }) => (
    <>
      {RAISED_BY[cause ?? 'words']} to {urgency && URGENCY_WORDS[urgency]}
    </>
  ),
  ended: ({ by }, name) => <>{name(by)} ended it</>,
}
