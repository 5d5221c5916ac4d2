import { urgencyFloor } from '../../severity/urgency-floor.ts'
import type { Sentence } from './transcript.ts'
import { greatest } from './vectors.ts'

/** A summary of an emergency that leaves out its most urgent words is wrong, however well it reads. */
const SEVERITY = { CRITICAL: 3, HIGH: 1.5, MEDIUM: 0.3, LOW: 0 } as const
/** From here on somebody is in danger. */
export const SEVERE = SEVERITY.HIGH

export const severityBonus = ({ text }: Pick<Sentence, 'text'>): number => {
  const { floor } = urgencyFloor(text)
  return floor === null ? 0 : SEVERITY[floor]
}

/**
 * What each sentence gains by how urgent it is. The last word on an emergency ("he is breathing again") gains as much as the
 * worst, if the one says it who told of the emergency first: who answers speaks of ambulances too.
 */
export function urgencyBonuses(sentences: readonly Sentence[]): number[] {
  const bonuses = sentences.map(severityBonus)
  const worst = greatest(bonuses)
  if (worst < SEVERE) return bonuses
  const witness = sentences[bonuses.findIndex((bonus) => bonus >= SEVERE)]?.message.speaker
  const last = sentences.findLastIndex(
    ({ message }, at) => (bonuses[at] ?? 0) > 0 && message.speaker === witness,
  )
  return bonuses.map((bonus, at) => (at === last ? worst : bonus))
}
