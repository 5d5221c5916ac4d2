import { useCallback, useState } from 'react'

/**
 * A text that survives leaving the conversation and reloading the page, in this tab. `name` tells whose draft of what it
 * is; a component keeps its first one.
 */
export function useDraft(name: string): [text: string, change: (text: string) => void] {
  const [key] = useState(`lifeline-draft/${name}`)
  const [text, setText] = useState(() => sessionStorage.getItem(key) ?? '')
  const change = useCallback(
    (next: string) => {
      setText(next)
      try {
        if (next === '') sessionStorage.removeItem(key)
        else sessionStorage.setItem(key, next)
      } catch {
        // A full store costs the draft its safety and nothing else.
      }
    },
    [key],
  )
  return [text, change]
}

/** Forgets all drafts in this tab. */
export function forgetDrafts(): void {
  for (const key of Object.keys(sessionStorage)) {
    if (key.startsWith('lifeline-draft/')) sessionStorage.removeItem(key)
  }
}
