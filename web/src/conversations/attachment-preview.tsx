import { Button, CloseButton } from '@mantine/core'
import classes from './attachment-preview.module.css'
import type { AttachmentDraft, AttachmentField } from './use-attachment.ts'

/** Above the field: what the answer will carry, how far it has come, and what can be done about it. */
export function AttachmentPreview({ draft, refusal, retry, clear }: AttachmentField) {
  return (
    <>
      {refusal !== null && (
        <p className={classes.problem} role="alert">
          {refusal}
        </p>
      )}
      {draft !== null && <Draft draft={draft} retry={retry} clear={clear} />}
    </>
  )
}

type DraftProps = Pick<AttachmentField, 'retry' | 'clear'> & { draft: AttachmentDraft }

function Draft({ draft, retry, clear }: DraftProps) {
  const { kind, url, upload } = draft
  const what = kind === 'image' ? 'photo' : 'recording'
  return (
    <div className={classes.preview} role="group" aria-label={`The ${what} to send`}>
      {kind === 'image' ? (
        <img src={url} alt="What you send" />
      ) : (
        // What is said in it nobody has written down.
        // oxlint-disable-next-line jsx-a11y/media-has-caption
        <audio controls src={url} aria-label="What you send" />
      )}
      <div className={classes.state}>
        {upload.step === 'uploading' && (
          <>
            <span>Uploading the {what}</span>
            <progress max={1} value={upload.fraction} aria-label={`Upload of the ${what}`} />
          </>
        )}
        {upload.step === 'ready' && (
          <span role="status">{kind === 'image' ? 'Photo ready, without its place' : 'Recording ready'}</span>
        )}
        {upload.step === 'failed' && (
          <>
            <span className={classes.problem} role="alert">
              {upload.problem}
            </span>
            <Button size="compact-sm" variant="default" onClick={retry}>
              Try again
            </Button>
          </>
        )}
      </div>
      <CloseButton aria-label={`Remove the ${what}`} onClick={clear} />
    </div>
  )
}
