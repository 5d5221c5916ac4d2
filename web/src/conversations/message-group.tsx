import type { Message, MessageRole } from '@lifeline/functions/contract'
import { memo } from 'react'
import { formatClock, formatDeviceTime, formatExact } from '../ui/format-time.ts'
import classes from './message-group.module.css'
import { splitSources } from './timeline.ts'

/** How long, in ms, a message is highlighted that came while we watched. */
const FRESH_MS = 2_500

export type MessageGroupProps = {
  messages: readonly Message[]
  /** Who wrote it, for people. */
  speaker: string
  arrivals: ReadonlyMap<string, number>
}

/** What one person said in a row, with both times of each message at hand. */
export const MessageGroup = memo(
  ({ messages, speaker, arrivals }: MessageGroupProps) => {
    const [first] = messages
    if (first === undefined) return null
    return (
      <div className={classes.group} data-role={first.role} role="group" aria-label={speaker}>
        <p className={classes.speaker}>
          <bdi>{speaker}</bdi>
          {ROLE_WORDS[first.role] !== undefined && (
            <span className={classes.role}>{ROLE_WORDS[first.role]}</span>
          )}
        </p>
        {messages.map((message) => (
          <MessageLine
            key={message.message_id}
            message={message}
            arrivedAt={arrivals.get(message.message_id)}
          />
        ))}
      </div>
    )
  },
  // A conversation of thousands draws only the group that grew: a message never changes once it is written.
  (before, after) =>
    before.speaker === after.speaker &&
    before.messages.length === after.messages.length &&
    before.messages.every((message, index) => message === after.messages[index]),
)

/** Said beside a person's name; the others are called what they are. */
const ROLE_WORDS: Partial<Record<MessageRole, string>> = { user: 'worker', admin: 'dispatcher' }

function MessageLine({ message, arrivedAt }: { message: Message; arrivedAt: number | undefined }) {
  const sources = splitSources(message.sources)
  const isFresh = arrivedAt !== undefined && Date.now() - arrivedAt < FRESH_MS
  return (
    <div className={classes.message} data-message-id={message.message_id} data-fresh={isFresh || undefined}>
      <p className={classes.content} dir="auto">
        {message.content}
      </p>
      <time
        className={`${classes.time} numbers`}
        dateTime={message.received_at}
        data-times={`Received ${formatExact(message.received_at)}\nOn the device ${formatDeviceTime(message.timestamp)}`}
      >
        {formatClock(message.received_at)}
      </time>
      {sources.length > 0 && (
        <ul className={classes.sources} aria-label="Sources">
          {sources.map((source) => (
            <li key={source} dir="auto">
              {source}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
