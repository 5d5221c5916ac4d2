import { useEffect, useState } from 'react'

/** `true` once `condition` has held for `ms`; false the moment that it does not. */
export function useSettled(condition: boolean, ms: number): boolean {
  const [isSettled, setSettled] = useState(false)
  useEffect(() => {
    setSettled(false)
    if (!condition) return undefined
    const timer = setTimeout(() => setSettled(true), ms)
    return () => clearTimeout(timer)
  }, [condition, ms])
  return isSettled && condition
}
