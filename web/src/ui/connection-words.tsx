import { VisuallyHidden } from '@mantine/core'
import { IconCircleFilled, IconCircleOff, IconLoader2, IconPlugConnectedX } from '@tabler/icons-react'
import classes from './connection-words.module.css'

const SHAPES = { live: IconCircleFilled, busy: IconLoader2, stale: IconPlugConnectedX, over: IconCircleOff }

export type ConnectionWordsProps = {
  tone: keyof typeof SHAPES
  words: string
  /** Said aloud when it changes; must not tick. */
  spoken: string
}

/** The state of a connection: shape, words and colour. */
export function ConnectionWords({ tone, words, spoken }: ConnectionWordsProps) {
  const Shape = SHAPES[tone]
  return (
    <span className={classes.root} data-tone={tone}>
      <Shape className={classes.shape} size={tone === 'live' ? 8 : 14} aria-hidden />
      <span className="numbers" aria-hidden>
        {words}
      </span>
      <VisuallyHidden role="status">{spoken}</VisuallyHidden>
    </span>
  )
}
