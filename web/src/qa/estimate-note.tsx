import classes from './builder.module.css'
import { sayEstimate } from './estimate-words.ts'
import { useQuestionEstimate } from './use-question-estimate.ts'

export type EstimateNoteProps = {
  /** Of the note, for what it describes. */
  id: string
  /** People who are chosen. */
  count: number
  controls: number
}

/** What the question would take, before it is put. As high whatever it says. */
export function EstimateNote({ id, count, controls }: EstimateNoteProps) {
  const { estimate, error } = useQuestionEstimate(count, controls)
  if (count === 0 || estimate === undefined) {
    return (
      <p id={id} className={`${classes.hint} ${classes.estimate}`}>
        {count === 0
          ? 'Choose who is to answer, and what it takes is said here.'
          : error === null
            ? 'Working out what it takes…'
            : 'What it takes cannot be told just now. You can ask all the same.'}
      </p>
    )
  }
  const { time, calls, left, problem } = sayEstimate(estimate, count, Date.now())
  return (
    <div id={id} className={`${classes.hint} ${classes.estimate} numbers`}>
      {problem === null ? <p>{time}</p> : <p className={classes.problem}>{problem}</p>}
      <p>{calls}</p>
      <p>{left}</p>
    </div>
  )
}
