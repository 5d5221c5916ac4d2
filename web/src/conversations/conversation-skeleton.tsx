import { Skeleton, VisuallyHidden } from '@mantine/core'
import headerClasses from './pane-header.module.css'

/** Has the size of what comes. */
export function ConversationSkeleton() {
  return (
    <div aria-busy="true">
      <VisuallyHidden role="status">Loading the conversation</VisuallyHidden>
      <div className={headerClasses.root} aria-hidden>
        <Skeleton height={28} width={280} />
        <Skeleton height={16} width={420} mt={8} mb={2} maw="100%" />
      </div>
      <div style={{ padding: '32px 24px' }} aria-hidden>
        {[62, 48, 70, 40, 55].map((width) => (
          <div key={width} style={{ marginBottom: 24 }}>
            <Skeleton height={12} width={96} mb={8} />
            <Skeleton height={16} width={`${width}%`} />
          </div>
        ))}
      </div>
    </div>
  )
}
