import type { AnswerSentiment, LeadClassification, QuestionSession } from '@lifeline/functions/contract'
import {
  IconBan,
  IconCircleCheck,
  IconFlame,
  IconHelp,
  IconLoader,
  IconMinus,
  IconSnowflake,
  IconSun,
  IconThumbDown,
  IconThumbUp,
  IconX,
} from '@tabler/icons-react'
import classes from './badges.module.css'
import { isActive } from './session-state.ts'
import { CLASS_WORDS, SENTIMENT_WORDS } from './words.ts'

const CLASS_SHAPES = { hot: IconFlame, warm: IconSun, cold: IconSnowflake }
const SENTIMENT_SHAPES = {
  positive: IconThumbUp,
  neutral: IconMinus,
  negative: IconThumbDown,
  unknown: IconHelp,
}

/** How warm a lead is, by shape, word and colour. Nothing for somebody who was not classified. */
export function ClassBadge({ of }: { of: LeadClassification | null | undefined }) {
  if (of === null || of === undefined) return null
  const Shape = CLASS_SHAPES[of]
  return (
    <span className={classes.badge} data-class={of}>
      <Shape size={14} aria-hidden />
      {CLASS_WORDS[of]}
    </span>
  )
}

/** Where an answer stands, by shape, word and colour. */
export function SentimentBadge({ of }: { of: AnswerSentiment }) {
  const Shape = SENTIMENT_SHAPES[of]
  return (
    <span className={classes.badge} data-sentiment={of}>
      <Shape size={14} aria-hidden />
      {SENTIMENT_WORDS[of]}
    </span>
  )
}

type Standing = Pick<QuestionSession, 'status' | 'cancelled_at'>

/** What became of a session, in a word. */
function standingOf({ status, cancelled_at }: Standing): 'active' | 'completed' | 'cancelled' | 'failed' {
  if (isActive(status)) return 'active'
  if (status === 'completed') return 'completed'
  return cancelled_at === null ? 'failed' : 'cancelled'
}

const STANDINGS = {
  active: { Shape: IconLoader, words: 'In progress' },
  completed: { Shape: IconCircleCheck, words: 'Completed' },
  cancelled: { Shape: IconBan, words: 'Cancelled' },
  failed: { Shape: IconX, words: 'Failed' },
}

export function StandingBadge({ session }: { session: Standing }) {
  const standing = standingOf(session)
  const { Shape, words } = STANDINGS[standing]
  return (
    <span className={classes.badge} data-standing={standing}>
      <Shape size={14} aria-hidden />
      {words}
    </span>
  )
}

/** Stands wherever somebody could take what is shown for what real people said. */
export function SimulatedMark() {
  return <span className={classes.simulated}>Simulated</span>
}
