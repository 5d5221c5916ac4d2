import type { Snippet } from '@lifeline/functions/contract'
import { Fragment } from 'react'
import classes from './search.module.css'

/** A snippet with what was found marked; text throughout, whatever stands in it. */
export function MarkedText({ snippet: { text, marks, cut_start, cut_end } }: { snippet: Snippet }) {
  let shown = 0
  const parts = marks.map(({ start, end }) => {
    const before = text.slice(shown, start)
    shown = end
    return (
      <Fragment key={start}>
        {before}
        <mark className={classes.mark}>{text.slice(start, end)}</mark>
      </Fragment>
    )
  })
  return (
    <p className={classes.snippet} dir="auto">
      {cut_start && '… '}
      {parts}
      {text.slice(shown)}
      {cut_end && ' …'}
    </p>
  )
}
