import { UrgencyBadge, URGENCY_WORDS } from '../ui/urgency-badge.tsx'
import { formatClock, formatExact } from '../ui/format-time.ts'
import { DetailsSection, type DetailsProps } from './details-section.tsx'
import classes from './sections.module.css'
import { usePeople } from './people.ts'

/** Why the call is as urgent as it is: the worker's own words, or a person's decision. */
export function UrgencySection({ conversation, call, onShowMessage }: DetailsProps) {
  const { nameAdmin } = usePeople()
  const { urgency_floor: floor, urgency_changed: changed } = call ?? {}
  // Somebody has seen the words and decided otherwise since.
  const isOverruled =
    floor !== undefined && changed !== undefined && Date.parse(changed.at) > Date.parse(floor.at)
  const cues = [...new Set(floor?.cues.map(({ text }) => text))]
  return (
    <DetailsSection title="Urgency">
      <p className={classes.line}>
        <UrgencyBadge urgency={conversation.call.urgency} />
      </p>
      {changed !== undefined && (
        <p className={classes.line}>
          {nameAdmin(changed.by)} changed it from {URGENCY_WORDS[changed.from]} at{' '}
          <time dateTime={changed.at} title={formatExact(changed.at)} className="numbers">
            {formatClock(changed.at)}
          </time>
          : <q dir="auto">{changed.reason}</q>
        </p>
      )}
      {floor !== undefined && (
        <>
          <p className={classes.line}>
            {isOverruled ? 'Before that, the' : 'The'} worker’s words spoke of{' '}
            {URGENCY_WORDS[floor.urgency].toLowerCase()} urgency
            {floor.model !== undefined && (
              <>
                , as the language model <bdi>{floor.model}</bdi> read them
              </>
            )}
            {cues.length === 0 ? '.' : ':'}
          </p>
          {cues.length > 0 && (
            <ul className={classes.cues} aria-label="Words that speak of it">
              {cues.map((cue) => (
                <li key={cue} dir="auto">
                  {cue}
                </li>
              ))}
            </ul>
          )}
          <button type="button" className={classes.link} onClick={() => onShowMessage(floor.message_id)}>
            Show the message of {formatClock(floor.at)}
          </button>
        </>
      )}
    </DetailsSection>
  )
}
