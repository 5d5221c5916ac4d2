import type { ProspectResponse } from '@lifeline/functions/contract'
import { IconChevronDown } from '@tabler/icons-react'
import { memo, useId } from 'react'
import { formatClock, formatExact } from '../ui/format-time.ts'
import classes from './answer-card.module.css'
import { ClassBadge, SentimentBadge, SimulatedMark } from './badges.tsx'
import { Portrait, nameOf } from './portrait.tsx'
import { FACT_WORDS, percent } from './words.ts'

export type AnswerCardProps = {
  response: ProspectResponse
  isOpen: boolean
  onToggle: (leadId: string) => void
}

/** What one prospect answered, how sure that is, and what it rests on. Drawn again only when one of these changes. */
export const AnswerCard = memo(function AnswerCard({ response, isOpen, onToggle }: AnswerCardProps) {
  const { persona, answer, sentiment, confidence_score, answered_at } = response
  const detailsId = useId()
  const about = [persona.occupation, persona.age].filter(Boolean).join(', ')
  return (
    <article className={classes.card} aria-label={nameOf(persona)}>
      <header className={classes.head}>
        <Portrait persona={persona} size={40} />
        <div className={classes.who}>
          <bdi className={classes.name}>{nameOf(persona)}</bdi>
          <span className={classes.quiet}>
            <bdi>{about || persona.lead_id}</bdi> ·{' '}
            <time className="numbers" dateTime={answered_at} title={formatExact(answered_at)}>
              {formatClock(answered_at)}
            </time>
          </span>
        </div>
        <span className={classes.badges}>
          <ClassBadge of={persona.lead_classification} />
          <SentimentBadge of={sentiment} />
          <SimulatedMark />
        </span>
      </header>
      <p className={classes.answer} dir="auto" data-unknown={sentiment === 'unknown' || undefined}>
        {answer}
      </p>
      <button
        type="button"
        className={classes.confidence}
        aria-expanded={isOpen}
        aria-controls={detailsId}
        onClick={() => onToggle(persona.lead_id)}
      >
        <span className="numbers">
          {confidence_score === null ? 'Confidence not measured' : `Confidence ${percent(confidence_score)}`}
        </span>
        <span className={classes.meter} aria-hidden>
          <span style={{ inlineSize: percent(confidence_score ?? 0).replace(' ', '') }} />
        </span>
        <span className={classes.why}>Why</span>
        <IconChevronDown size={16} aria-hidden data-open={isOpen || undefined} />
      </button>
      <div id={detailsId} hidden={!isOpen}>
        {isOpen && <Grounds response={response} />}
      </div>
    </article>
  )
})

function Grounds({ response }: { response: ProspectResponse }) {
  const { confidence_parts: parts, claims, facts, model, composed_offline } = response
  const baseless = claims.filter(({ fact_ids }) => fact_ids.length === 0)
  return (
    <div className={classes.grounds}>
      <dl className={`${classes.parts} numbers`}>
        <div>
          <dt>Something known bears on the question</dt>
          <dd>{percent(parts.retrieval)}</dd>
        </div>
        <div>
          <dt>The answer rests on facts</dt>
          <dd>{percent(parts.coverage)}</dd>
        </div>
        <div>
          <dt>Asked again, they say the same</dt>
          <dd>{parts.agreement === null ? 'not measured' : percent(parts.agreement)}</dd>
        </div>
      </dl>
      <h3 className={classes.heading}>The facts behind it</h3>
      {facts.length === 0 ? (
        <p className={classes.quiet}>None.</p>
      ) : (
        <ul className={classes.facts}>
          {facts.map(({ fact_id, kind, text }) => (
            <li key={fact_id}>
              <span className={classes.quiet}>{FACT_WORDS[kind]}</span>
              <span dir="auto" title={fact_id}>
                {text}
              </span>
            </li>
          ))}
        </ul>
      )}
      {baseless.length > 0 && (
        <>
          <h3 className={classes.heading}>Said without a fact</h3>
          <ul className={classes.facts}>
            {baseless.map(({ text }) => (
              <li key={text} dir="auto">
                {text}
              </li>
            ))}
          </ul>
        </>
      )}
      <p className={classes.quiet}>
        {composed_offline
          ? 'Put together from their own statements, without a language model.'
          : `Written by ${model}.`}
      </p>
    </div>
  )
}
