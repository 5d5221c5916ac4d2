import { createContext, use, useCallback, useEffect, useState } from 'react'
import type { MediaCache } from './media-cache.ts'

/** Where the attachments below come from: one cache for each conversation. */
export const MediaContext = createContext<MediaCache | undefined>(undefined)

export type MediaUrl =
  | { status: 'loading' }
  | { status: 'ready'; url: string }
  | { status: 'failed'; retry: () => void }

/** The address of an attachment's bytes, once they are here. */
export function useMediaUrl(mediaId: string): MediaUrl {
  const cache = use(MediaContext)
  if (cache === undefined) throw new Error('used outside of MediaContext')
  const [found, setFound] = useState<{ mediaId: string; url: string | null }>()
  const [attempt, setAttempt] = useState(0)
  const retry = useCallback(() => {
    setFound(undefined)
    setAttempt((count) => count + 1)
  }, [])
  useEffect(() => {
    let isWanted = true
    cache.url(mediaId).then(
      (url) => isWanted && setFound({ mediaId, url }),
      () => isWanted && setFound({ mediaId, url: null }),
    )
    return () => {
      isWanted = false
    }
  }, [cache, mediaId, attempt])
  if (found?.mediaId !== mediaId) return { status: 'loading' }
  return found.url === null ? { status: 'failed', retry } : { status: 'ready', url: found.url }
}
