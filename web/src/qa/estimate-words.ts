import type { QuestionEstimate } from '@lifeline/functions/contract'
import { formatClock, formatDay } from '../ui/format-time.ts'
import { plural, sayAbout } from './words.ts'

export type EstimateWords = {
  time: string
  /** What it costs. */
  calls: string
  /** What is left of today. */
  left: string
  /** Why the question would be refused; null when it would not. */
  problem: string | null
}

const counted = (count: number): string => count.toLocaleString('en-GB')

/** What a question to `count` people would take, as one says it. `now` in ms. */
export function sayEstimate(estimate: QuestionEstimate, count: number, now: number): EstimateWords {
  const { questions, answers, model, model_calls } = estimate
  return {
    time: sayTime(estimate),
    calls:
      model === null
        ? 'No language model: they answer from what they have said before.'
        : `${counted(model_calls)} calls to ${model}, and more if some fail.`,
    left: `Left today: ${counted(questions.left)} questions, and ${counted(answers.left)} answers for your company.`,
    problem: problemOf(estimate, count, now),
  }
}

function sayTime({ estimated_completion_time, measured_on, prospects_ahead }: QuestionEstimate): string {
  const about = sayAbout(estimated_completion_time)
  const takes = `${about.charAt(0).toUpperCase()}${about.slice(1)}`
  const behind =
    prospects_ahead === 0 ? '' : `, ${plural(prospects_ahead, 'person', 'people')} of other sessions first`
  if (measured_on === null) return `${takes}${behind}: assumed, nothing is measured yet.`
  const { sessions, fewest_prospects: fewest, most_prospects: most } = measured_on
  const sizes = fewest === most ? plural(most, 'person', 'people') : `${fewest} to ${most} people`
  return `${takes}${behind}, by your last ${sessions === 1 ? 'session' : `${sessions} sessions`} of ${sizes}.`
}

function problemOf(
  { questions, answers, resets_at }: QuestionEstimate,
  count: number,
  now: number,
): string | null {
  const resets = Date.parse(resets_at)
  const day = formatDay(resets, now)
  const more = `There is more ${day === 'Today' ? 'at' : `on ${day},`} ${formatClock(resets)}.`
  if (questions.left === 0) return `You have no questions left today. ${more}`
  if (answers.left >= count) return null
  return `Your company has ${plural(answers.left, 'answer', 'answers')} left today, and this needs ${counted(count)}. ${more}`
}
