import type { PanelQuality } from '@lifeline/functions/contract'
import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react'
import { SentimentBadge, SimulatedMark } from './badges.tsx'
import classes from './panel-quality.module.css'
import { percent, plural } from './words.ts'

/** What the result is worth, said before it is read. */
export function Verdict({ panel }: { panel: PanelQuality }) {
  const isBad = panel.verdict === 'do-not-rely'
  const Shape = isBad ? IconAlertTriangle : IconInfoCircle
  return (
    <div
      className={classes.verdict}
      data-verdict={panel.verdict}
      role="note"
      aria-label="How far this can be trusted"
    >
      <Shape size={20} aria-hidden />
      <div>
        <p className={classes.label}>{panel.label}</p>
        {panel.reasons.length > 0 && (
          <ul className={classes.reasons}>
            {panel.reasons.map((reason) => (
              <li key={reason}>{reason}</li>
            ))}
          </ul>
        )}
      </div>
    </div>
  )
}

/** What the panel measured of itself. */
export function Measures({ panel }: { panel: PanelQuality }) {
  const { n, unknown, failed, mean_confidence, spread, near_identical, noise, controls } = panel
  const measures: [name: string, value: string, meaning: string][] = [
    ['Answers that count (n)', String(n), `${unknown} did not know, ${failed} could not be asked`],
    [
      'Mean confidence',
      mean_confidence === null ? 'not measured' : percent(mean_confidence),
      'computed from facts, never what a model says of itself',
    ],
    [
      'Spread of the wording',
      spread === null ? 'too few' : spread.wording.toFixed(2),
      '0: all say the same; 1: nothing in common',
    ],
    [
      'Spread of the sentiment',
      spread === null ? 'too few' : spread.sentiment.toFixed(2),
      '0: all on one side; 1: as far apart as can be',
    ],
    [
      'Nearly identical answers',
      `${near_identical.count} (${percent(near_identical.share)})`,
      near_identical.alarm ? 'too many for people who differ' : 'as many as people give',
    ],
    [
      'The same person asked again',
      noise === null
        ? 'not measured'
        : `${noise.within_person.toFixed(2)} against ${noise.between_people.toFixed(2)}`,
      noise === null || noise.distinguishable
        ? 'distance to their own answers, against that between people'
        : 'nearly as far from themselves as from each other',
    ],
    [
      'Control questions',
      controls.asked === 0 ? 'none asked' : `${controls.right} of ${controls.asked} right`,
      controls.questions.map(({ question, right, asked }) => `${question} ${right}/${asked}`).join('; ') ||
        'with known answers they would show whether these people are themselves',
    ],
  ]
  return (
    <section aria-labelledby="qa-measures">
      <h3 className={classes.heading} id="qa-measures">
        How the panel measured itself
      </h3>
      <dl className={`${classes.measures} numbers`}>
        {measures.map(([name, value, meaning]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <strong>{value}</strong>
              <span dir="auto">{meaning}</span>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

/** The answers against the majority, in full. */
export function Dissent({ dissent }: Pick<PanelQuality, 'dissent'>) {
  return (
    <section aria-labelledby="qa-dissent">
      <h3 className={classes.heading} id="qa-dissent">
        Against the majority
      </h3>
      {dissent.length === 0 ? (
        <p className={classes.quiet}>Nobody. Real people seldom all agree.</p>
      ) : (
        <>
          <p className={classes.quiet}>
            {plural(dissent.length, 'answer goes', 'answers go')} against what most said.
          </p>
          <ul className={classes.dissent}>
            {dissent.map(({ lead_id, full_name, sentiment, answer }) => (
              <li key={lead_id}>
                <span className={classes.who}>
                  <bdi>{full_name || lead_id}</bdi> <SentimentBadge of={sentiment} /> <SimulatedMark />
                </span>
                <blockquote dir="auto">{answer}</blockquote>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  )
}
