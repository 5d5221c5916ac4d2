import { Button, SegmentedControl } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconUpload } from '@tabler/icons-react'
import { Outlet, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { createContext, use, useCallback, useState } from 'react'
import { flushSync } from 'react-dom'
import type { QuestionSession } from '@lifeline/functions/contract'
import { Builder } from '../qa/builder.tsx'
import { HistoryPane } from '../qa/history-pane.tsx'
import { ImportDialog } from '../qa/import-dialog.tsx'
import { SessionPane } from '../qa/session-pane.tsx'
import { useAskAgain } from '../qa/use-ask-again.ts'
import { useKeptDraft } from '../qa/use-kept-draft.ts'
import { usePeople } from './people.ts'
import classes from './qa-page.module.css'

const AskAgainContext = createContext<(session: QuestionSession) => void>(() => undefined)

/** Below this the builder and the sessions take turns. */
const WIDE = '(min-width: 60em)'

/** The Q&A: a question is put together on the left; what was asked, and what is being answered, is on the right. */
export function QaPage() {
  const { me } = usePeople()
  const navigate = useNavigate()
  const isWide = useMediaQuery(WIDE, true, { getInitialValueInEffect: false })
  const [shown, setShown] = useState<'builder' | 'sessions'>('sessions')
  const [draft, setDraft] = useKeptDraft()
  const [isImporting, setImporting] = useState(false)
  const again = useAskAgain()
  const askAgain = useCallback(
    async (session: QuestionSession) => {
      const same = await again(session)
      // What is hidden cannot have the focus.
      flushSync(() => {
        setDraft(same)
        setShown('builder')
      })
      document.getElementById('qa-builder')?.querySelector('textarea')?.focus()
    },
    [again, setDraft],
  )
  const keepers = me.role === 'manager' || me.role === 'admin'
  return (
    <div className={classes.page} data-wide={isWide || undefined}>
      {!isWide && (
        <SegmentedControl
          className={classes.turn ?? ''}
          aria-label="What to show"
          value={shown}
          onChange={setShown}
          data={[
            { value: 'builder', label: 'Ask' },
            { value: 'sessions', label: 'Sessions' },
          ]}
        />
      )}
      {/* Hidden, not gone: a question half written must not be lost. */}
      <section
        id="qa-builder"
        aria-label="Ask"
        hidden={!isWide && shown !== 'builder'}
        className={classes.side}
      >
        <Builder
          draft={draft}
          onChange={setDraft}
          onAsked={(sessionId) => {
            setShown('sessions')
            void navigate({ to: '/qa/$sessionId', params: { sessionId } })
          }}
          prospectActions={
            keepers && (
              <Button
                size="compact-sm"
                variant="subtle"
                leftSection={<IconUpload size={16} aria-hidden />}
                onClick={() => setImporting(true)}
              >
                Import
              </Button>
            )
          }
        />
      </section>
      <section aria-label="Sessions" hidden={!isWide && shown !== 'sessions'} className={classes.main}>
        <AskAgainContext value={(session) => void askAgain(session)}>
          <Outlet />
        </AskAgainContext>
      </section>
      {keepers && <ImportDialog opened={isImporting} onClose={() => setImporting(false)} />}
    </div>
  )
}

/** The right side while no session is open. */
export function QaHistory() {
  const params = useSearch({ from: '/console/qa/' })
  const navigate = useNavigate({ from: '/qa' })
  const { nameAdmin } = usePeople()
  return (
    <HistoryPane
      params={params}
      nameAdmin={nameAdmin}
      onChange={(change) => void navigate({ search: (before) => ({ ...before, ...change }), replace: true })}
      onReset={() => void navigate({ search: {}, replace: true })}
    />
  )
}

/** The right side with a session open. */
export function QaSession() {
  const { sessionId } = useParams({ from: '/console/qa/$sessionId' })
  const { me, nameAdmin } = usePeople()
  const askAgain = use(AskAgainContext)
  return (
    <SessionPane key={sessionId} sessionId={sessionId} me={me} nameAdmin={nameAdmin} onAskAgain={askAgain} />
  )
}
