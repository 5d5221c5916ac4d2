import { URGENCY_WORDS } from '../ui/urgency-badge.tsx'
import type { CallNote } from './conversation-state.ts'

export type UrgencyNoteProps = {
  note: Extract<CallNote, { kind: 'urgency' }>
  nameAdmin: (adminId: string) => string
}

/** That the urgency has changed, and by whom or by what. */
export function UrgencyNote({ note: { from, to, cause }, nameAdmin }: UrgencyNoteProps) {
  const [before, now] = [URGENCY_WORDS[from], URGENCY_WORDS[to]]
  if (cause?.kind === 'words') {
    return (
      <>
        Raised from {before} to {now} by the worker’s words
        {cause.model !== undefined && ' as a language model read them'}
        {cause.cues.length > 0 && ': '}
        {cause.cues.map((cue, index) => (
          <span key={cue}>
            {index > 0 && ', '}
            <q dir="auto">{cue}</q>
          </span>
        ))}
      </>
    )
  }
  if (cause?.kind === 'duress') {
    return (
      <>
        Raised from {before} to {now}: the worker gave their duress word
      </>
    )
  }
  if (cause?.kind === 'person') {
    return (
      <>
        <bdi>{nameAdmin(cause.by)}</bdi> changed the urgency from {before} to {now}:{' '}
        <q dir="auto">{cause.reason}</q>
      </>
    )
  }
  return (
    <>
      Urgency changed from {before} to {now}
    </>
  )
}
