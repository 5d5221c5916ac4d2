import type { Urgency } from '@lifeline/functions/contract'
import {
  IconAlertOctagonFilled,
  IconAlertTriangleFilled,
  IconCircle,
  IconSquareRotatedFilled,
} from '@tabler/icons-react'
import { DuressWord } from './duress-word.tsx'
import classes from './start-page.module.css'
import { URGENCY_CHOICES } from './urgency-choices.ts'

const SHAPES = {
  CRITICAL: IconAlertOctagonFilled,
  HIGH: IconAlertTriangleFilled,
  MEDIUM: IconSquareRotatedFilled,
  LOW: IconCircle,
}

export type StartPageProps = {
  onStart: (urgency: Urgency) => void
  /** Resolves with what went wrong in plain words, or with nothing. */
  onSetWord: (word: string) => Promise<string | undefined>
}

/** One press starts the call. */
export function StartPage({ onStart, onSetWord }: StartPageProps) {
  return (
    <main className={classes.page}>
      <h1 className={classes.title}>What is happening?</h1>
      <p className={classes.text}>Press one. Your call starts at once.</p>
      <div className={classes.choices}>
        {URGENCY_CHOICES.map(({ urgency, title, examples }) => {
          const Shape = SHAPES[urgency]
          return (
            <button
              type="button"
              key={urgency}
              className={classes.choice}
              data-urgency={urgency}
              onClick={() => onStart(urgency)}
            >
              <Shape size={urgency === 'LOW' ? 24 : 36} aria-hidden />
              <span className={classes.words}>
                <span className={classes.choiceTitle}>{title}</span>
                <span>{examples}</span>
              </span>
            </button>
          )
        })}
      </div>
      <DuressWord onSetWord={onSetWord} />
    </main>
  )
}
