import type { Me, QuestionSession } from '@lifeline/functions/contract'
import { Button, Skeleton, Tabs, VisuallyHidden } from '@mantine/core'
import { IconCloudOff, IconMessageOff } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useRef, useState, type ReactNode } from 'react'
import { ApiError, describeError } from '../api/errors.ts'
import { LiveWords } from '../api/live-words.tsx'
import { StateMessage } from '../ui/state-message.tsx'
import { AnswersPanel } from './answers-panel.tsx'
import { SessionHeader } from './session-header.tsx'
import classes from './session-pane.module.css'
import { SessionProgress } from './session-progress.tsx'
import { type LiveSession, asRead, isActive } from './session-state.ts'
import { SummaryPanel } from './summary-panel.tsx'
import { useSessionFollowed, useSessionRead } from './use-session.ts'

export type SessionPaneProps = {
  sessionId: string
  me: Me
  nameAdmin: (adminId: string) => string
  onAskAgain: (session: QuestionSession) => void
}

/** One session: as it goes on, or as it ended. Needs a `key` of its own for every session. */
export function SessionPane(props: SessionPaneProps) {
  const { data, error, isPending, isFetching, refetch } = useSessionRead(props.sessionId)
  // Whoever has watched it to its end goes on with what they see.
  const [wasActive, setWasActive] = useState<boolean>()
  if (data !== undefined && wasActive === undefined) setWasActive(isActive(data.status))
  if (isPending) return <Ghosts />
  if (data === undefined) {
    const isGone = error instanceof ApiError && error.status === 404
    return (
      <div className={classes.pane}>
        <StateMessage
          icon={isGone ? <IconMessageOff size={24} /> : <IconCloudOff size={24} />}
          title={isGone ? 'There is no such session' : 'The session cannot be loaded'}
          isAlert
          action={
            isGone ? (
              <Link to="/qa">All sessions</Link>
            ) : (
              <Button size="sm" loading={isFetching} onClick={() => void refetch()}>
                Try again
              </Button>
            )
          }
        >
          {isGone ? 'It may belong to another company, or the address is not whole.' : describeError(error)}
        </StateMessage>
      </div>
    )
  }
  return wasActive === true ? (
    <Followed read={data} {...props} />
  ) : (
    <Session known={asRead(data)} connection={null} {...props} />
  )
}

function Followed({ read, ...props }: SessionPaneProps & { read: QuestionSession }) {
  const { known, live } = useSessionFollowed(read)
  const { stream, standin } = live
  // What became of it is said already.
  const connection = stream.status === 'ended' ? null : <LiveWords stream={stream} standin={standin} />
  return <Session known={known} connection={connection} {...props} />
}

type SessionProps = SessionPaneProps & { known: LiveSession; connection: ReactNode }

function Session({ known, connection, sessionId, me, nameAdmin, onAskAgain }: SessionProps) {
  const queries = useQueryClient()
  const scroller = useRef<HTMLDivElement>(null)
  const { session } = known
  const { status, created_by, responses, summary } = session
  // Nobody who reads answers is taken away from them when the summary comes.
  const [tab, setTab] = useState(isActive(status) || summary === null ? 'answers' : 'summary')
  const canChange = me.uid === created_by || me.role === 'manager' || me.role === 'admin'
  const isNews = summary !== null && tab === 'answers'
  return (
    <div className={classes.pane} ref={scroller}>
      <SessionHeader
        session={session}
        connection={connection}
        canChange={canChange}
        nameAdmin={nameAdmin}
        onAskAgain={() => onAskAgain(session)}
        onCancelled={() => void queries.invalidateQueries({ queryKey: ['qa-session', sessionId] })}
      />
      <Tabs value={tab} onChange={(value) => setTab(value ?? 'answers')} keepMounted={false}>
        <div className={classes.sticky}>
          <SessionProgress known={known} />
          <Tabs.List>
            <Tabs.Tab value="answers">
              Answers <span className="numbers">{responses.length}</span>
            </Tabs.Tab>
            <Tabs.Tab value="summary">
              Summary{isNews && <span className={classes.ready}> is ready</span>}
            </Tabs.Tab>
          </Tabs.List>
        </div>
        <Tabs.Panel value="answers">
          <AnswersPanel session={session} scroller={scroller} />
        </Tabs.Panel>
        <Tabs.Panel value="summary">
          <SummaryPanel session={session} canChange={canChange} />
        </Tabs.Panel>
      </Tabs>
    </div>
  )
}

function Ghosts() {
  return (
    <div className={classes.pane} aria-busy="true">
      <VisuallyHidden role="status">Loading the session</VisuallyHidden>
      <div className={classes.ghosts} aria-hidden>
        <Skeleton height={28} width="60%" />
        <Skeleton height={28} width="80%" />
        <Skeleton height={8} />
        {[0, 1, 2, 3].map((card) => (
          <Skeleton key={card} height={152} radius={8} />
        ))}
      </div>
    </div>
  )
}
