import {
  IconAlertOctagonFilled,
  IconAlertTriangleFilled,
  IconCircle,
  IconSquareRotatedFilled,
} from '@tabler/icons-react'
import type { Urgency } from '@lifeline/functions/contract'
import classes from './urgency-badge.module.css'

const SHAPES = {
  CRITICAL: IconAlertOctagonFilled,
  HIGH: IconAlertTriangleFilled,
  MEDIUM: IconSquareRotatedFilled,
  LOW: IconCircle,
}

/** The words for an urgency. */
export const URGENCY_WORDS: Record<Urgency, string> = {
  CRITICAL: 'Critical',
  HIGH: 'High',
  MEDIUM: 'Medium',
  LOW: 'Low',
}

/** Urgency by shape, word and colour, so that none of them has to be seen. */
export function UrgencyBadge({ urgency }: { urgency: Urgency }) {
  const Shape = SHAPES[urgency]
  return (
    <span className={classes.badge} data-urgency={urgency}>
      <Shape size={16} aria-hidden />
      {URGENCY_WORDS[urgency]}
    </span>
  )
}
