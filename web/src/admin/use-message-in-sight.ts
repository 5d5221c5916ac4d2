import { useCallback, useEffect, useState } from 'react'
import type { MessageTarget } from '../conversations/use-target.ts'

/** The message that the address names, or that was asked for since. */
export function useMessageInSight(named: string | undefined) {
  const [target, setTarget] = useState<MessageTarget>()
  useEffect(() => {
    if (named !== undefined) setTarget({ messageId: named })
  }, [named])
  const showMessage = useCallback((messageId: string) => setTarget({ messageId }), [])
  return { target, showMessage }
}
