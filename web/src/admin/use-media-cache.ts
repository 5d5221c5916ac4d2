import { useEffect, useState } from 'react'
import { useServices } from '../api/services.ts'
import { MediaCache } from '../media/media-cache.ts'

/** The attachments of one conversation, for as long as it is open. */
export function useMediaCache(conversationId: string): MediaCache {
  const { client } = useServices()
  const [cache] = useState(
    () =>
      new MediaCache(
        (mediaId) => client.media(conversationId, mediaId),
        (key, blob, onProgress) => client.uploadMedia({ conversationId, key }, blob, onProgress),
      ),
  )
  useEffect(() => () => cache.close(), [cache])
  return cache
}
