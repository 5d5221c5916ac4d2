import type { Urgency } from '@lifeline/functions/contract'

/** The urgencies in words that a frightened person understands at once. */
export const URGENCY_CHOICES: readonly { urgency: Urgency; title: string; examples: string }[] = [
  {
    urgency: 'CRITICAL',
    title: 'A life is in danger',
    examples: 'Not breathing, heavy bleeding, falling, trapped',
  },
  {
    urgency: 'HIGH',
    title: 'Somebody is badly hurt',
    examples: 'Serious injury, fire, threat, getting worse',
  },
  { urgency: 'MEDIUM', title: 'I need help soon', examples: 'Hurt or stuck, but nobody is in danger now' },
  { urgency: 'LOW', title: 'A question or a report', examples: 'Nobody is hurt' },
]
