import { Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useQaApi } from './qa-api.ts'
import classes from './session-header.module.css'

/** The bytes of a session's picture; it never changes. */
function useSessionImage(sessionId: string, hasImage: boolean) {
  const api = useQaApi()
  return useQuery({
    queryKey: ['qa-image', sessionId],
    queryFn: ({ signal }) => api.image(sessionId, signal),
    enabled: hasImage,
    networkMode: 'always',
    retry: false,
    staleTime: Infinity,
  })
}

/** The picture that everybody was shown, in a frame that is there before it. */
export function SessionImage({ sessionId }: { sessionId: string }) {
  const { data, isError, refetch } = useSessionImage(sessionId, true)
  const [url, setUrl] = useState<string>()
  useEffect(() => {
    if (data === undefined) return undefined
    const made = URL.createObjectURL(data)
    setUrl(made)
    return () => URL.revokeObjectURL(made)
  }, [data])
  return (
    <div className={classes.image}>
      {isError ? (
        <button type="button" className={classes.again} onClick={() => void refetch()}>
          The picture did not load. Try again
        </button>
      ) : url === undefined ? (
        <Skeleton height="100%" />
      ) : (
        <a
          href={url}
          target="_blank"
          rel="noreferrer"
          aria-label="The picture of the question, in a new window"
        >
          <img src={url} alt="Shown to everybody with the question" />
        </a>
      )}
    </div>
  )
}
