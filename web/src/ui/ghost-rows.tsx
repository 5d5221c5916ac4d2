import { Skeleton, VisuallyHidden } from '@mantine/core'

/** Stands where plain rows will, in their height (px), and says to those who cannot see it what is loading. */
export function GhostRows({ what, rows, height, gap = 8 }: GhostRowsProps) {
  return (
    <div aria-busy="true">
      <VisuallyHidden role="status">Loading {what}</VisuallyHidden>
      {Array.from({ length: rows }, (_, row) => (
        <Skeleton key={row} height={height} mb={gap} aria-hidden />
      ))}
    </div>
  )
}

type GhostRowsProps = { what: string; rows: number; height: number; gap?: number }
