import type { Attachment, AudioAttachment, ImageAttachment, Message } from '@lifeline/functions/contract'
import { useState } from 'react'
import { formatElapsed } from '../ui/format-time.ts'
import classes from './attachment-view.module.css'
import { Enlarged } from './enlarged.tsx'
import { useMediaUrl } from './media-context.tsx'
import { PlaceView } from './place-view.tsx'

export type AttachmentViewProps = {
  attachment: Attachment
  /** When it was written and when the server had it. */
  times: Pick<Message, 'timestamp' | 'received_at'>
  /** Who sent it, for people. */
  from: string
}

/** What a message carries, in its own place from the first moment, so that nothing moves when it arrives. */
export function AttachmentView({ attachment, times, from }: AttachmentViewProps) {
  switch (attachment.kind) {
    case 'image':
      return <Picture image={attachment} from={from} />
    case 'audio':
      return <Recording audio={attachment} from={from} />
    case 'location':
      return <PlaceView place={attachment} times={times} />
    default:
      return attachment satisfies never
  }
}

/** Longest side of a picture among messages, CSS pixels. */
const SIDE = 260

function Picture({ image, from }: { image: ImageAttachment; from: string }) {
  const media = useMediaUrl(image.media_id)
  const [isOpen, setOpen] = useState(false)
  const scale = Math.min(1, SIDE / image.width, SIDE / image.height)
  const place = { width: image.width * scale, aspectRatio: `${image.width} / ${image.height}` }
  const alt = `Photo from ${from}`
  if (media.status !== 'ready') return <Absent media={media} what="photo" style={place} />
  return (
    <>
      <button
        type="button"
        className={classes.picture}
        style={place}
        aria-label={`${alt}: enlarge`}
        onClick={() => setOpen(true)}
      >
        <img src={media.url} alt={alt} width={image.width} height={image.height} />
      </button>
      <Enlarged title={alt} opened={isOpen} onClose={() => setOpen(false)}>
        <img src={media.url} alt={alt} width={image.width} height={image.height} />
      </Enlarged>
    </>
  )
}

function Recording({ audio, from }: { audio: AudioAttachment; from: string }) {
  const media = useMediaUrl(audio.media_id)
  const { duration_ms } = audio
  return (
    <div className={classes.recording}>
      {media.status === 'ready' ? (
        // What is said in it nobody has written down.
        // oxlint-disable-next-line jsx-a11y/media-has-caption
        <audio controls preload="metadata" src={media.url} aria-label={`Voice message from ${from}`} />
      ) : (
        <Absent media={media} what="voice message" style={{ width: '100%', height: 40 }} />
      )}
      <span className="numbers">
        Voice message{duration_ms === undefined ? '' : `, ${formatElapsed(duration_ms)}`}
      </span>
    </div>
  )
}

type AbsentProps = {
  media: Exclude<ReturnType<typeof useMediaUrl>, { status: 'ready' }>
  what: string
  style: React.CSSProperties
}

function Absent({ media, what, style }: AbsentProps) {
  return (
    <span className={classes.absent} style={style} role="status">
      {media.status === 'loading' ? (
        `Loading the ${what}`
      ) : (
        <button type="button" className={classes.retry} onClick={media.retry}>
          The {what} cannot be loaded. Try again
        </button>
      )}
    </span>
  )
}
