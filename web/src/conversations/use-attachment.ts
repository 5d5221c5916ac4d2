import type { MediaAttachment } from '@lifeline/functions/contract'
import { use, useEffect, useState } from 'react'
import { MediaContext } from '../media/media-context.tsx'
import { isHeic } from '../media/is-heic.ts'
import { PhotoUnreadable, shrinkPhoto } from '../media/shrink-photo.ts'
import { UploadRefused } from '../media/upload-media.ts'

/** A photo or a recording that an answer will carry. */
export type AttachmentDraft = {
  /** Its own name at the server: tried again, it is stored once. */
  key: string
  kind: MediaAttachment['kind']
  blob: Blob
  /** Shows it on this machine. */
  url: string
  upload:
    | { step: 'uploading'; fraction: number }
    | { step: 'failed'; problem: string }
    | { step: 'ready'; attachment: MediaAttachment }
}

export type AttachmentField = {
  draft: AttachmentDraft | null
  /** Why what was chosen last cannot be sent at all. */
  refusal: string | null
  /** Takes the first of these files, and uploads it at once. */
  take: (files: Iterable<File>) => void
  retry: () => void
  /** Forgets it; what was uploaded and never sent the server removes. */
  clear: () => void
}

async function kindOf(file: File): Promise<MediaAttachment['kind'] | null> {
  if (file.type.startsWith('audio/')) return 'audio'
  // Where the system does not know HEIC the file has no type.
  return file.type.startsWith('image/') || (await isHeic(file)) ? 'image' : null
}

/** What is attached to the answer that is being written. Photos leave this machine without where they were taken. */
export function useAttachment(): AttachmentField {
  const cache = use(MediaContext)
  if (cache === undefined) throw new Error('used outside of MediaContext')
  const [draft, setDraft] = useState<AttachmentDraft | null>(null)
  const [refusal, setRefusal] = useState<string | null>(null)
  const url = draft?.url
  useEffect(() => () => (url === undefined ? undefined : URL.revokeObjectURL(url)), [url])

  const upload = async ({ key, blob }: Pick<AttachmentDraft, 'key' | 'blob'>) => {
    const tell = (step: AttachmentDraft['upload']) =>
      setDraft((now) => (now?.key === key ? { ...now, upload: step } : now))
    tell({ step: 'uploading', fraction: 0 })
    try {
      const attachment = await cache.upload(key, blob, (fraction) => tell({ step: 'uploading', fraction }))
      tell({ step: 'ready', attachment })
    } catch (error) {
      const problem =
        error instanceof UploadRefused ? error.message : 'It was not uploaded. Check your connection.'
      tell({ step: 'failed', problem })
    }
  }
  const take = async ([file]: Iterable<File>) => {
    if (file === undefined) return
    const kind = await kindOf(file)
    setRefusal(kind === null ? 'Only photos and recordings can be sent.' : null)
    if (kind === null) return
    let blob: Blob = file
    try {
      if (kind === 'image') blob = await shrinkPhoto(file)
    } catch (error) {
      if (!(error instanceof PhotoUnreadable)) throw error
      setRefusal(error.message)
      return
    }
    const chosen = { key: crypto.randomUUID(), kind, blob } as const
    setDraft({ ...chosen, url: URL.createObjectURL(blob), upload: { step: 'uploading', fraction: 0 } })
    await upload(chosen)
  }
  return {
    draft,
    refusal,
    take: (files) => void take(files),
    retry: () => {
      if (draft?.upload.step === 'failed') void upload(draft)
    },
    clear: () => {
      setDraft(null)
      setRefusal(null)
    },
  }
}
