import { Button, Loader } from '@mantine/core'
import { IconUserOff, IconWifiOff } from '@tabler/icons-react'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { StateMessage } from '../ui/state-message.tsx'
import { MediaCache } from '../media/media-cache.ts'
import { MediaContext } from '../media/media-context.tsx'
import { leaveAccount, signIn, watchAccount, type Account } from './account.ts'
import { forgetOrphans } from './forget-orphans.ts'
import { indexedBlobs } from './blob-store.ts'
import { CallLine, type Caller } from './call-line.ts'
import { CallPage } from './call-page.tsx'
import { fetchMedia, readIdToken } from './fetch-media.ts'
import type { Firebase } from './firebase.ts'
import { realtimeDatabase } from './realtime-database.ts'
import { SignInPage } from './sign-in-page.tsx'
import { proveTyped, setDuressWord } from './set-duress-word.ts'
import { StartPage } from './start-page.tsx'
import { uploadMedia } from '../media/upload-media.ts'
import { useSettled } from './use-settled.ts'
import { WorkerShell } from './worker-shell.tsx'
import classes from './worker-shell.module.css'

/** Longest wait, ms, for the answer whether a call is active: then the buttons are there in any case. */
const LOOK_MS = 3_000

/** The worker's page: sign in, press a button, write. */
export function WorkerPage({ firebase }: { firebase: Firebase }) {
  const { auth } = firebase
  const [account, setAccount] = useState<Account>({ status: 'restoring' })
  useEffect(() => watchAccount(auth, localStorage, setAccount), [auth])
  const leave = () => void leaveAccount(auth, localStorage)

  switch (account.status) {
    case 'restoring':
      return <Waiting label="Loading" />
    case 'signed-out':
      return (
        <div className={classes.phone}>
          <SignInPage onSignIn={(email, password) => signIn(auth, email, password)} />
        </div>
      )
    case 'no-worker':
      return (
        <StateMessage
          icon={<IconUserOff size={24} />}
          title="This account cannot call for help"
          isAlert
          action={<Button onClick={leave}>Sign out</Button>}
        >
          {account.email} is not a worker’s account. Sign in with the one that your company gave you.
        </StateMessage>
      )
    case 'unknown':
      return (
        <StateMessage
          icon={<IconWifiOff size={24} />}
          title="No connection"
          isAlert
          action={<Button onClick={() => location.reload()}>Try again</Button>}
        >
          This phone has to be online once before it can be used offline.
        </StateMessage>
      )
    case 'worker':
      return <Line key={account.caller.uid} firebase={firebase} caller={account.caller} onSignOut={leave} />
    default:
      return account satisfies never
  }
}

type LineProps = { firebase: Firebase; caller: Caller; onSignOut: () => void }

function Line({ firebase, caller, onSignOut }: LineProps) {
  const [open, setOpen] = useState<{ line: CallLine; media: MediaCache }>()
  // One line a caller: what identifies the caller is read once, and the component is keyed by it.
  const [first] = useState(caller)
  useEffect(() => {
    const blobs = indexedBlobs(indexedDB)
    // A phone that cannot be asked now is asked again when the page is opened the next time.
    forgetOrphans(blobs, localStorage).catch(() => undefined)
    const opened = new CallLine(first, realtimeDatabase(firebase.database), localStorage, {
      blobs,
      async upload(target, blob, onProgress) {
        const attachment = await send(target, blob, onProgress)
        // What was taken here need not be fetched again to be shown.
        media.keep(attachment.media_id, blob)
        return attachment
      },
    })
    const send = uploadMedia(() => readIdToken(firebase.auth))
    const media = new MediaCache((mediaId) => fetchMedia(firebase.auth, opened.state().call, mediaId))
    const refresh = () => opened.refresh()
    window.addEventListener('storage', refresh)
    setOpen({ line: opened, media })
    return () => {
      window.removeEventListener('storage', refresh)
      opened.close()
      media.close()
    }
  }, [first, firebase])
  return open === undefined ? (
    <Waiting label="Loading" />
  ) : (
    <MediaContext value={open.media}>
      <OpenLine line={open.line} firebase={firebase} caller={caller} onSignOut={onSignOut} />
    </MediaContext>
  )
}

function OpenLine({ line, firebase, caller, onSignOut }: LineProps & { line: CallLine }) {
  const state = useSyncExternalStore(line.subscribe, line.state)
  const hasWaited = useSettled(!state.hasLooked, LOOK_MS)
  const { call } = state
  const waitingCount = state.outbox.filter(({ status }) => status !== 'sent' && status !== 'refused').length
  const signOut = () => {
    line.close({ forget: true })
    onSignOut()
  }
  return (
    <WorkerShell
      isConnected={state.isConnected}
      urgency={call?.urgency}
      waitingCount={waitingCount}
      onSignOut={signOut}
    >
      {call !== undefined ? (
        <CallPage
          key={call.call_id}
          call={call}
          line={state}
          onSay={(content) => line.say(content)}
          onShow={(media, blob) => void line.show(media, blob)}
          onPlace={(place) => line.tellPlace(place)}
          onRetry={(messageId) => line.retry(messageId)}
          onDrop={(messageId) => line.drop(messageId)}
          mediaOf={line.mediaOf}
          onTyping={(isTyping) => line.type(isTyping)}
          onRead={line.read}
          onAnswer={(checkId, word) =>
            void proveTyped(word, caller.uid).then((proof) => line.answer(checkId, proof))
          }
          onEnd={(word) => void proveTyped(word, caller.uid).then((proof) => line.end(proof))}
          onLeave={() => line.leave()}
        />
      ) : state.hasLooked || hasWaited ? (
        <StartPage
          onStart={(urgency) => line.start(urgency)}
          onSetWord={(word) => setDuressWord(firebase.auth, caller.uid, word)}
        />
      ) : (
        <Waiting label="Looking for your call" />
      )}
    </WorkerShell>
  )
}

function Waiting({ label }: { label: string }) {
  return (
    <main style={{ display: 'grid', flex: 1, placeItems: 'center', minHeight: '50dvh' }}>
      <Loader aria-label={label} role="status" />
    </main>
  )
}
