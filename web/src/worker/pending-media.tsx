import { useEffect, useState } from 'react'
import classes from './feed-list.module.css'
import type { UploadState } from './uploader.ts'

type PendingMediaProps = {
  id: string
  kind: 'image' | 'audio'
  upload: UploadState | undefined
  mediaOf: (messageId: string) => Promise<Blob | undefined>
}

/** A photo or a recording that is still on this phone, and how far it has come. */
export function PendingMedia({ id, kind, upload, mediaOf }: PendingMediaProps) {
  const [url, setUrl] = useState<string>()
  useEffect(() => {
    let made: string | undefined
    let isWanted = true
    const show = async () => {
      // What cannot be read is said where it is sent; here it only has no preview.
      const blob = await mediaOf(id).catch(() => undefined)
      if (!isWanted || blob === undefined) return
      made = URL.createObjectURL(blob)
      setUrl(made)
    }
    void show()
    return () => {
      isWanted = false
      if (made !== undefined) URL.revokeObjectURL(made)
    }
  }, [id, mediaOf])
  const what = kind === 'image' ? 'photo' : 'voice message'
  return (
    <div className={classes.pending}>
      {url === undefined ? (
        <span className={classes.blank} data-kind={kind} />
      ) : kind === 'image' ? (
        <img src={url} alt="What you send" />
      ) : (
        // What is said in it nobody has written down.
        // oxlint-disable-next-line jsx-a11y/media-has-caption
        <audio controls src={url} aria-label="What you send" />
      )}
      {upload !== undefined && 'fraction' in upload && (
        <progress max={1} value={upload.fraction} aria-label={`Upload of the ${what}`} />
      )}
      {upload !== undefined && 'problem' in upload && (
        <span className={classes.problem}>{upload.problem}</span>
      )}
    </div>
  )
}
