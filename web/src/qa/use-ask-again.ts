import type { QuestionSession } from '@lifeline/functions/contract'
import { useCallback } from 'react'
import { type Draft, draftOf } from './draft.ts'
import { useQaApi } from './qa-api.ts'
import { readImage } from './read-image.ts'

const IMAGE_MS = 15_000

/** Makes a draft that asks the same again, with its picture unless that cannot be had. */
export function useAskAgain(): (session: QuestionSession) => Promise<Draft> {
  const api = useQaApi()
  return useCallback(
    async (session) => {
      const { session_id, image_url } = session
      if (image_url === null) return draftOf(session, null)
      try {
        const blob = await api.image(session_id, AbortSignal.timeout(IMAGE_MS))
        return draftOf(session, await readImage(blob, 'The picture of the earlier question'))
      } catch {
        // Without it the question is still worth having, and that it is missing can be seen.
        return draftOf(session, null)
      }
    },
    [api],
  )
}
