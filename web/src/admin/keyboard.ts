import { useEffect } from 'react'

/** The list that `?` shows. */
export const SHORTCUTS = [
  { keys: ['j'], does: 'Next call on the board' },
  { keys: ['k'], does: 'Previous call on the board' },
  { keys: ['Enter'], does: 'Open the call' },
  { keys: ['t'], does: 'Take the open call over' },
  { keys: ['r'], does: 'Answer; Escape leaves the field' },
  { keys: ['/', 'Ctrl K'], does: 'Search messages' },
  { keys: ['/'], does: 'In an empty answer: the standing phrases' },
  { keys: ['e'], does: 'End the open call, after asking' },
  { keys: ['d'], does: 'Show or hide the details; Escape leaves them' },
  { keys: ['a'], does: 'Acknowledge the alarm' },
  { keys: ['?'], does: 'This list' },
] as const

/** The id of the field to search in. */
export const SEARCH_FIELD = 'search-field'

/** Keys that work anywhere but in a field or a dialog; Ctrl K works in a field too. */
export function useKeyboard({ onHelp, onSearch }: { onHelp: () => void; onSearch: () => void }): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const isSearch = (event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === 'k'
      if (isSearch && !document.querySelector('[role="dialog"]')) {
        event.preventDefault()
        onSearch()
      }
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return
      const target = event.target instanceof Element ? event.target : null
      if (target?.closest('input, textarea, select, [contenteditable], [role="dialog"], [role="menu"]'))
        return
      if (event.key === '?') onHelp()
      else if (event.key === '/') onSearch()
      else if (event.key === 'j') moveFocus(1)
      else if (event.key === 'k') moveFocus(-1)
      else if (!pressControl(event.key)) return
      event.preventDefault()
    }
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  }, [onHelp, onSearch])
}

/** From the row in focus, or else from the one that is open. */
function moveFocus(step: 1 | -1): void {
  const links = [...document.querySelectorAll<HTMLElement>('[data-row] a')]
  const focused = links.findIndex((link) => link === document.activeElement)
  const from = focused >= 0 ? focused : links.findIndex((link) => link.hasAttribute('aria-current'))
  const to =
    from < 0 ? (step > 0 ? 0 : links.length - 1) : Math.min(links.length - 1, Math.max(0, from + step))
  links[to]?.focus()
}

/** The control that says that it answers to this key (`aria-keyshortcuts`), if there is one now. */
function pressControl(key: string): boolean {
  if (!/^[a-z]$/.test(key)) return false
  const control = document.querySelector<HTMLElement>(`[aria-keyshortcuts="${key}"]:not(:disabled)`)
  if (control instanceof HTMLTextAreaElement) control.focus()
  else control?.click()
  return control !== null
}
