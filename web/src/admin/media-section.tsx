import { AttachmentView } from '../media/attachment-view.tsx'
import { formatClock, formatExact } from '../ui/format-time.ts'
import { DetailsSection, type DetailsProps } from './details-section.tsx'
import { usePeople } from './people.ts'
import classes from './sections.module.css'

/** Every picture and recording of the conversation, the newest first. */
export function MediaSection({ conversation, onShowMessage }: DetailsProps) {
  const { nameWorker, nameAdmin } = usePeople()
  const messages = conversation.messages.filter(
    ({ attachment }) => attachment !== undefined && attachment.kind !== 'location',
  )
  if (messages.length === 0) return null
  const nameOf = (uid: string | null) =>
    uid === conversation.call.worker_id ? nameWorker(uid) : uid === null ? 'Dispatcher' : nameAdmin(uid)
  return (
    <DetailsSection title="Photos and recordings">
      <ul className={classes.list}>
        {messages.toReversed().map((message) => (
          <li key={message.message_id}>
            {message.attachment !== undefined && (
              <AttachmentView
                attachment={message.attachment}
                times={message}
                from={nameOf(message.sender_id)}
              />
            )}
            <button type="button" className={classes.link} onClick={() => onShowMessage(message.message_id)}>
              <span>
                <bdi>{nameOf(message.sender_id)}</bdi>,{' '}
                <time
                  className="numbers"
                  dateTime={message.received_at}
                  title={formatExact(message.received_at)}
                >
                  {formatClock(message.received_at)}
                </time>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </DetailsSection>
  )
}
