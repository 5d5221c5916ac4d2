import { type LocationAttachment, WORD_LENGTH } from '@lifeline/functions/contract'
import { Button, TextInput } from '@mantine/core'
import { IconPhoneOff } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import { Dialog } from '../ui/dialog.tsx'
import { useNow } from '../ui/use-now.ts'
import { AttachBar } from './attach-bar.tsx'
import type { CallLineState } from './call-line-state.ts'
import classes from './call-page.module.css'
import { Composer } from './composer.tsx'
import { composeFeed } from './feed.ts'
import { FeedList } from './feed-list.tsx'
import { OkQuestion } from './ok-question.tsx'
import type { OpenCall } from './open-call.ts'

export type CallPageProps = {
  call: OpenCall
  line: CallLineState
  onSay: (content: string) => void
  onShow: (media: 'image' | 'audio', blob: Blob) => void
  onPlace: (place: LocationAttachment) => void
  /** Sends once more, or forgets, what was refused. */
  onRetry: (messageId: string) => void
  onDrop: (messageId: string) => void
  /** The bytes of what is still on this phone. */
  mediaOf: (messageId: string) => Promise<Blob | undefined>
  onTyping: (isTyping: boolean) => void
  /** Everything that is stored has been on the screen. */
  onRead: () => void
  onAnswer: (checkId: string, word: string) => void
  /** `word`: what was typed with it, mostly nothing. */
  onEnd: (word: string) => void
  onLeave: () => void
}

/** The call: what was said, and the field to say more. */
export function CallPage(props: CallPageProps) {
  const { call, line, onSay, onShow, onPlace, onTyping, onRead, onAnswer, onEnd, onLeave } = props
  const { stored, outbox, seen, isConnected, isDurable, isReadable } = line
  const [isAsking, setAsking] = useState(false)
  const [word, setWord] = useState('')
  const feed = useMemo(
    () => composeFeed(stored, outbox, call.conversation_id, seen),
    [stored, outbox, call.conversation_id, seen],
  )
  const isOver = call.phase === 'ended' || call.phase === 'refused'
  return (
    <main className={classes.page}>
      <div className={classes.head} data-phase={call.phase}>
        <h1 className={classes.state} aria-live="polite">
          {describeCall(call, isConnected)}
        </h1>
        {(call.phase === 'active' || call.phase === 'starting') && (
          <Button
            variant="default"
            size="md"
            className={classes.end ?? ''}
            leftSection={<IconPhoneOff size={20} aria-hidden />}
            onClick={() => setAsking(true)}
          >
            End call
          </Button>
        )}
      </div>
      {call.phase === 'active' && isEndRefused(call, outbox) && (
        <p className={classes.warning} role="alert">
          The call could not be ended. It goes on; ask the dispatcher to end it.
        </p>
      )}
      {!isReadable && call.phase === 'active' && (
        <p className={classes.warning}>
          Answers can no longer be shown on this phone. What you write is still sent.
        </p>
      )}
      {!isDurable && (
        <p className={classes.warning} role="alert">
          This phone has no room left. Keep this page open until everything is sent.
        </p>
      )}
      <FeedList
        messages={feed}
        isConnected={isConnected}
        uploads={line.uploads}
        mediaOf={props.mediaOf}
        onRetry={props.onRetry}
        onDrop={props.onDrop}
        onRead={onRead}
      />
      <OkQuestion call={call} line={line} onAnswer={onAnswer} />
      <DispatcherTyping until={call.phase === 'active' ? line.typingUntil : 0} />
      {call.phase === 'ending' ? null : isOver ? (
        <div className={classes.over}>
          <Button size="lg" fullWidth onClick={onLeave}>
            Start a new call
          </Button>
        </div>
      ) : (
        <>
          {line.mediaProblem !== null && (
            <p className={classes.warning} role="alert">
              {line.mediaProblem}
            </p>
          )}
          <AttachBar
            onPhoto={(photo) => onShow('image', photo)}
            onVoice={(recording) => onShow('audio', recording)}
            onPlace={onPlace}
          />
          <Composer onSend={onSay} onTyping={onTyping} />
        </>
      )}
      <Dialog title="End the call?" opened={isAsking} onClose={() => setAsking(false)}>
        <p className={classes.question}>
          Nobody reads this call any more when it has ended. If you still need help, keep it open.
        </p>
        <TextInput
          className={classes.word ?? ''}
          label="Add a word (optional)"
          size="md"
          autoComplete="off"
          maxLength={WORD_LENGTH.most}
          value={word}
          onChange={({ currentTarget: { value } }) => setWord(value)}
        />
        <div className={classes.answers}>
          <Button size="lg" data-autofocus onClick={() => setAsking(false)}>
            Keep it open
          </Button>
          <Button
            size="lg"
            variant="default"
            onClick={() => {
              setAsking(false)
              onEnd(word)
              setWord('')
            }}
          >
            End the call
          </Button>
        </div>
      </Dialog>
    </main>
  )
}

/** Where the call stands, saying nothing that is not known. */
export function describeCall({ phase, admin_id }: OpenCall, isConnected: boolean): string {
  switch (phase) {
    case 'starting':
      return isConnected
        ? 'Starting your call'
        : 'Your call is not through yet. It starts as soon as you are back online.'
    case 'active':
      return admin_id === null
        ? 'Your call has arrived. Write what is happening.'
        : 'A dispatcher has taken your call.'
    case 'ending':
      return isConnected ? 'Ending your call' : 'Your call ends as soon as you are back online.'
    case 'ended':
      return 'This call has ended.'
    case 'refused':
      return 'Your call could not be started. Try again, or tell your company.'
    default:
      return phase satisfies never
  }
}

/** Whether the server would not end the call. */
function isEndRefused({ call_id }: OpenCall, outbox: CallLineState['outbox']): boolean {
  return outbox.some(
    ({ write, status }) => write.kind === 'end' && write.call_id === call_id && status === 'refused',
  )
}

/** Its place is kept free, so that nothing moves. */
function DispatcherTyping({ until }: { until: number }) {
  const now = useNow()
  return (
    <p className={classes.typing} role="status">
      {until > now && 'A dispatcher is writing'}
    </p>
  )
}
