import { useQueryClient } from '@tanstack/react-query'
import { Outlet, useLocation, useNavigate, useParams } from '@tanstack/react-router'
import { useCallback, useEffect, useState } from 'react'
import type { Me } from '@lifeline/functions/contract'
import type { ApiClient } from '../api/client.ts'
import { LiveWords } from '../api/live-words.tsx'
import { useServices, useSession } from '../api/services.ts'
import { AlarmBanner } from '../alarms/alarm-banner.tsx'
import { showBadge } from '../alarms/page-badge.ts'
import { AlarmsContext, useAlarms } from '../alarms/use-alarms.ts'
import { useCalls } from '../calls/use-calls.ts'
import { Replies } from '../conversations/replies.ts'
import { forgetDrafts } from '../conversations/use-draft.ts'
import { RepliesContext } from '../conversations/use-replies.ts'
import { HintPlace } from '../ui/hint.tsx'
import classes from './console-layout.module.css'
import { SEARCH_FIELD, useKeyboard } from './keyboard.ts'
import { KeyboardHelp } from './keyboard-help.tsx'
import { OfferBanner } from './offer-banner.tsx'
import { CallsContext, LiveCallsContext, PeopleContext, usePeopleOfBoard } from './people.ts'
import { SessionSplash } from './session-splash.tsx'
import { TopBar } from './top-bar.tsx'
import { useColleagues } from './use-colleagues.ts'

/** The console for whoever is signed in; everybody else is sent to the log-in. */
export function ConsoleLayout() {
  const session = useSession()
  const { pathname } = useLocation()
  if (session.status === 'signed-out') {
    const isWayBack = session.reason !== 'logged-out' && pathname !== '/'
    return <ToLogin wayBack={isWayBack ? pathname : undefined} />
  }
  if (session.status !== 'signed-in') return <SessionSplash session={session} />
  // Another person starts with nothing of the last one's on the screen.
  return <Console key={session.me.uid} me={session.me} />
}

/** Goes to the log-in once; drawing it again while the router is on its way must not send it off again. */
function ToLogin({ wayBack }: { wayBack: string | undefined }) {
  const navigate = useNavigate()
  useEffect(() => {
    void navigate({ to: '/login', search: wayBack === undefined ? {} : { to: wayBack }, replace: true })
    // The first address is the one to come back to; later ones are the log-in's own.
  }, [navigate])
  return null
}

function Console({ me }: { me: Me }) {
  const { session, client } = useServices()
  const [replies] = useState(() => openReplies(client, me.uid))
  const live = useCalls()
  const alarms = useAlarms().data
  const { conversationId } = useParams({ strict: false })
  const queries = useQueryClient()
  const [isHelpOpen, setHelpOpen] = useState(false)
  const openHelp = useCallback(() => setHelpOpen(true), [])
  const navigate = useNavigate()
  const openSearch = useCallback(() => {
    const field = document.getElementById(SEARCH_FIELD)
    if (field === null) void navigate({ to: '/search' })
    else field.focus()
  }, [navigate])
  useKeyboard({ onHelp: openHelp, onSearch: openSearch })
  useEffect(() => () => queries.clear(), [queries])

  const logOut = () => {
    replies.clear()
    forgetDrafts()
    // Signed out here in any case; a server that could not be told lets the token run out by itself.
    void session.logout().catch(() => undefined)
  }

  const people = usePeopleOfBoard(live.data, me, useColleagues())
  const count = live.data?.size ?? 0
  const alarmCount = alarms?.size ?? 0
  useEffect(() => {
    const calls = count === 0 ? 'Lifeline console' : `(${count}) Lifeline console`
    document.title = alarmCount === 0 ? calls : `⚠ ${alarmCount} open · ${calls}`
    showBadge(alarmCount)
  }, [count, alarmCount])
  useEffect(() => () => showBadge(0), [])

  return (
    <PeopleContext value={people}>
      <div className={classes.shell}>
        <TopBar
          me={me}
          connection={<LiveWords stream={live.stream} standin={live.standin} />}
          onHelp={openHelp}
          onLogout={logOut}
        />
        <AlarmBanner alarms={alarms} me={me.uid} />
        <main className={classes.page}>
          <LiveCallsContext value={live}>
            <AlarmsContext value={alarms}>
              <CallsContext value={live.data}>
                <OfferBanner openId={conversationId} />
                <RepliesContext value={replies}>
                  <Outlet />
                </RepliesContext>
              </CallsContext>
            </AlarmsContext>
          </LiveCallsContext>
          <HintPlace />
        </main>
      </div>
      <KeyboardHelp opened={isHelpOpen} onClose={() => setHelpOpen(false)} />
    </PeopleContext>
  )
}

const openReplies = (client: ApiClient, uid: string): Replies =>
  new Replies({
    send: (conversationId, reply) => client.sendMessage(conversationId, reply),
    storage: sessionStorage,
    uid,
    now: Date.now,
    delay: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    newKey: () => crypto.randomUUID(),
  })
