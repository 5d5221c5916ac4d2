import type {
  AnswerSentiment,
  FactKind,
  FailedProspect,
  LeadClassification,
  QuestionSession,
  SummaryStyle,
} from '@lifeline/functions/contract'
import type { ExpectedField } from './draft.ts'

/** What the contract's names are called on the screen. */
export const CLASS_WORDS: Record<LeadClassification, string> = { hot: 'Hot', warm: 'Warm', cold: 'Cold' }

export const SENTIMENT_WORDS: Record<AnswerSentiment, string> = {
  positive: 'Positive',
  neutral: 'Neutral',
  negative: 'Negative',
  unknown: 'Doesn’t know',
}

export const FAILURE_WORDS: Record<FailedProspect['reason'], string> = {
  'model-refused': 'the model would not answer',
  'model-unavailable': 'the model could not be reached',
  'prospect-gone': 'is not among the prospects any more',
  'gave-up': 'was tried too often',
}

export const STYLE_WORDS: Record<SummaryStyle, string> = {
  concise: 'Concise',
  detailed: 'Detailed',
  bullet_points: 'Bullet points',
}

export const FIELD_WORDS: Record<ExpectedField, string> = {
  age: 'age',
  occupation: 'occupation',
  gender: 'gender',
  marital_status: 'marital status',
  education_level: 'education',
  annual_income: 'income',
  full_name: 'name',
}

export const FACT_WORDS: Record<FactKind, string> = {
  style: 'Way of talking',
  trait: 'Trait',
  like: 'Likes',
  dislike: 'Dislikes',
  belief: 'Believes',
  goal: 'Wants',
  routine: 'Routine',
  relationship: 'People',
  note: 'Note',
  statement: 'Said',
}

export const percent = (share: number): string => `${Math.round(share * 100)} %`

export const plural = (count: number, one: string, many: string): string =>
  `${count} ${count === 1 ? one : many}`

/** A length of time as one says it of an estimate: `about 40 seconds`, `about 3 minutes`. */
export function sayAbout(seconds: number): string {
  if (seconds < 10) return 'a few seconds'
  if (seconds < 90) return `about ${Math.ceil(seconds / 5) * 5} seconds`
  const minutes = Math.ceil(seconds / 60)
  return minutes < 90 ? `about ${minutes} minutes` : `about ${Math.round(minutes / 60)} hours`
}

/** Why a session has come to nothing, without the API's code before it; null when it has not, or was cancelled. */
export function sayFailure({
  status,
  cancelled_at,
  error_message,
}: Pick<QuestionSession, 'status' | 'cancelled_at' | 'error_message'>): string | null {
  if (status !== 'failed' || cancelled_at !== null) return null
  return error_message?.replace(/^[A-Z_]+: /, '') ?? 'failed'
}
