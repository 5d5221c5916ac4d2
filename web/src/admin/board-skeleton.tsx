import { Skeleton, VisuallyHidden } from '@mantine/core'
import classes from './board.module.css'

/** Has the size of the rows that come. */
export function BoardSkeleton() {
  return (
    <div aria-busy="true">
      <VisuallyHidden role="status">Loading the board</VisuallyHidden>
      {[0, 1, 2, 3].map((row) => (
        <div className={classes.ghost} key={row} aria-hidden>
          <Skeleton height={20} width="70%" mb={8} />
          <Skeleton height={16} width="90%" mb={8} />
          <Skeleton height={16} width="50%" />
        </div>
      ))}
    </div>
  )
}
