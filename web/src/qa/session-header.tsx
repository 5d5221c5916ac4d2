import type { QuestionSession } from '@lifeline/functions/contract'
import { Button } from '@mantine/core'
import { IconArrowLeft, IconBan, IconRepeat } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useState, type ReactNode } from 'react'
import { formatClock, formatDay, formatExact } from '../ui/format-time.ts'
import { SimulatedMark, StandingBadge } from './badges.tsx'
import { CancelDialog } from './cancel-dialog.tsx'
import { ExportMenu } from './export-menu.tsx'
import classes from './session-header.module.css'
import { SessionImage } from './session-image.tsx'
import { isActive } from './session-state.ts'
import { plural } from './words.ts'

export type SessionHeaderProps = {
  session: QuestionSession
  /** The connection in words, while it is followed. */
  connection: ReactNode
  canChange: boolean
  nameAdmin: (adminId: string) => string
  onAskAgain: () => void
  onCancelled: () => void
}

/** What was asked, by whom and of whom, and what can be done with it. */
export function SessionHeader(props: SessionHeaderProps) {
  const { session, connection, canChange, nameAdmin, onAskAgain, onCancelled } = props
  const [isCancelling, setCancelling] = useState(false)
  const { session_id, question, image_url, created_at, created_by, total_expected, context } = session
  return (
    <header className={classes.header}>
      <div className={classes.bar}>
        <Link to="/qa" className={classes.back ?? ''}>
          <IconArrowLeft size={16} aria-hidden />
          All sessions
        </Link>
        <StandingBadge session={session} />
        <SimulatedMark />
        {connection}
        <span className={classes.actions}>
          {canChange && isActive(session.status) && (
            <Button
              size="compact-sm"
              variant="default"
              leftSection={<IconBan size={16} aria-hidden />}
              onClick={() => setCancelling(true)}
            >
              Cancel
            </Button>
          )}
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconRepeat size={16} aria-hidden />}
            onClick={onAskAgain}
          >
            Ask again
          </Button>
          <ExportMenu session={session} />
        </span>
      </div>
      <div className={classes.asked}>
        <div className={classes.words}>
          <h2 className={classes.question} dir="auto">
            {question}
          </h2>
          <p className={`${classes.meta} numbers`}>
            Asked by <bdi>{nameAdmin(created_by)}</bdi>,{' '}
            <time dateTime={created_at} title={formatExact(created_at)}>
              {formatDay(created_at, Date.now())}, {formatClock(created_at)}
            </time>
            , of {plural(total_expected, 'prospect', 'prospects')}
          </p>
          <Context context={context} />
        </div>
        {image_url !== null && <SessionImage sessionId={session_id} />}
      </div>
      <CancelDialog
        session={session}
        opened={isCancelling}
        onClose={() => setCancelling(false)}
        onDone={onCancelled}
      />
    </header>
  )
}

function Context({ context }: Pick<QuestionSession, 'context'>) {
  const lines = Object.entries(context).filter(([name]) => name !== 'control_questions')
  if (lines.length === 0) return null
  return (
    <dl className={classes.context}>
      {lines.map(([name, value]) => (
        <div key={name}>
          <dt>
            <bdi>{name}</bdi>
          </dt>
          <dd dir="auto">{typeof value === 'string' ? value : JSON.stringify(value)}</dd>
        </div>
      ))}
    </dl>
  )
}
