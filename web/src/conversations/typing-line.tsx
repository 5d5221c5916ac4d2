import { useNow } from '../ui/use-now.ts'
import classes from './typing-line.module.css'

export type TypingLineProps = {
  /** Until when each is known to be writing (ms), by uid. */
  typing: ReadonlyMap<string, number>
  /** Who is looking, and knows whether they write. */
  viewerId: string
  nameOf: (uid: string) => string
}

/** Who is writing at this moment; its place is kept free, so that nothing moves. */
export function TypingLine({ typing, viewerId, nameOf }: TypingLineProps) {
  const now = useNow()
  const names = [...typing]
    .filter(([uid, until]) => uid !== viewerId && until > now)
    .map(([uid]) => nameOf(uid))
  return (
    <p className={classes.line} role="status">
      {names.length > 0 && (
        <span className={classes.words}>
          <span className={classes.dots} aria-hidden>
            <i />
            <i />
            <i />
          </span>
          <bdi>{names.join(', ')}</bdi> {names.length === 1 ? 'is' : 'are'} writing
        </span>
      )}
    </p>
  )
}
