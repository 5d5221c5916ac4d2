import type { PanelQuality } from './summary-schema.ts'

const LEAST_ANSWERS = 5
const LEAST_CONFIDENCE = 0.25
const LEAST_SENTIMENT_SPREAD = 0.1
const LEAST_RIGHT = 0.8
const MOST_FAILED = 0.2
const MOST_UNKNOWN = 0.5

type Measured = Omit<PanelQuality, 'verdict' | 'label' | 'reasons'>

/** Says in plain words whether a panel's result may be gone by at all, and why not. */
export function judgePanel(
  measured: Measured,
  { isOffline }: { isOffline: boolean },
): Pick<PanelQuality, 'verdict' | 'label' | 'reasons'> {
  const { n, unknown, failed, mean_confidence, spread, near_identical, noise, controls } = measured
  const all = n + unknown + failed
  const checks: [fails: boolean, reason: string][] = [
    [
      n < LEAST_ANSWERS,
      `Only ${n} of the people had something to say; that is too few to see how opinions differ.`,
    ],
    [
      near_identical.alarm,
      `${near_identical.count} answers are nearly the same as another one. People differ more than that.`,
    ],
    [
      spread !== null && n >= LEAST_ANSWERS && spread.sentiment < LEAST_SENTIMENT_SPREAD,
      'Everybody stands on the same side. Simulated people agree more than real ones do.',
    ],
    [
      noise !== null && !noise.distinguishable,
      'Asked again, a person’s own answers differ nearly as much as those of different people.',
    ],
    [
      controls.asked > 0 && controls.right / controls.asked < LEAST_RIGHT,
      `Of ${controls.asked} control answers ${controls.right} were right: these people are not who they should be.`,
    ],
    [
      mean_confidence !== null && mean_confidence < LEAST_CONFIDENCE,
      'Little that is known of these people bears on the question.',
    ],
    [all > 0 && failed / all > MOST_FAILED, `${failed} of ${all} people could not be asked.`],
    [all > 0 && unknown / all > MOST_UNKNOWN, `${unknown} of ${all} people did not know what to say.`],
    [isOffline, 'The answers were put together from older statements, without a language model.'],
  ]
  const reasons = checks.filter(([fails]) => fails).map(([, reason]) => reason)
  return reasons.length === 0
    ? { verdict: 'indicative', label: 'Simulated people: a hint, not a survey', reasons }
    : { verdict: 'do-not-rely', label: 'Simulated people: do not rely on this result', reasons }
}
