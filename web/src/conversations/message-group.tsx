import { isRedundant, type Message, type MessageRole } from '@lifeline/functions/contract'
import { memo, type ReactNode } from 'react'
import { AttachmentView } from '../media/attachment-view.tsx'
import { formatDeviceTime, formatExact } from '../ui/format-time.ts'
import { DeliveryMark, type Delivery } from './delivery.tsx'
import { Speech, SpeechLine, SpeechNotes, SpeechWords } from './speech.tsx'
import { splitSources } from './timeline.ts'

/** How long, in ms, a message is highlighted that came while we watched. */
const FRESH_MS = 2_500

export type MessageGroupProps = {
  messages: readonly Message[]
  /** Who wrote it, for people. */
  speaker: string
  arrivals: ReadonlyMap<string, number>
  /** For each message how far it has come, where that is told: for what dispatchers write. */
  deliveries: readonly (Delivery | null)[]
  /** Draws what stands below a message that failed. */
  renderFailed: (messageId: string) => ReactNode
}

/** What one person said in a row, with both times of each message at hand. */
export const MessageGroup = memo(
  ({ messages, speaker, arrivals, deliveries, renderFailed }: MessageGroupProps) => {
    const [first] = messages
    if (first === undefined) return null
    return (
      <Speech speaker={speaker} standing={ROLE_WORDS[first.role]} side={first.role}>
        {messages.map((message, index) => (
          <MessageLine
            key={message.message_id}
            message={message}
            speaker={speaker}
            arrivedAt={arrivals.get(message.message_id)}
            delivery={deliveries[index] ?? null}
            renderFailed={renderFailed}
          />
        ))}
      </Speech>
    )
  },
  // A conversation of thousands draws only the group that grew: a message never changes once it is written.
  (before, after) =>
    before.speaker === after.speaker &&
    before.messages.length === after.messages.length &&
    before.deliveries.every((delivery, index) => delivery === after.deliveries[index]) &&
    before.messages.every((message, index) => message === after.messages[index]),
)

/** Said beside a person's name; the others are called what they are. */
const ROLE_WORDS: Partial<Record<MessageRole, string>> = { user: 'worker', admin: 'dispatcher' }

type MessageLineProps = {
  message: Message
  speaker: string
  arrivedAt: number | undefined
  delivery: Delivery | null
  renderFailed: (messageId: string) => ReactNode
}

function MessageLine({ message, speaker, arrivedAt, delivery, renderFailed }: MessageLineProps) {
  // What we wrote ourselves is no news.
  const isFresh = delivery === null && arrivedAt !== undefined && Date.now() - arrivedAt < FRESH_MS
  return (
    <SpeechLine
      messageId={message.message_id}
      at={message.received_at}
      times={describeTimes(message, delivery)}
      isFresh={isFresh}
      mark={delivery !== null && <DeliveryMark status={delivery} />}
      below={
        <>
          {delivery === 'failed' && renderFailed(message.message_id)}
          <SpeechNotes label="Sources" notes={splitSources(message.sources)} />
        </>
      }
    >
      {!isRedundant(message) && <SpeechWords>{message.content}</SpeechWords>}
      {message.attachment !== undefined && (
        <AttachmentView attachment={message.attachment} times={message} from={speaker} />
      )}
    </SpeechLine>
  )
}

function describeTimes({ received_at, timestamp }: Message, delivery: Delivery | null): string {
  const written = `On the device ${formatDeviceTime(timestamp)}`
  // Before the server has it there is no second time.
  return delivery === null || delivery === 'sent'
    ? `Received ${formatExact(received_at)}\n${written}`
    : written
}
