import type { Template } from '@lifeline/functions/contract'
import { useQuery } from '@tanstack/react-query'
import { useId, useState, type KeyboardEvent } from 'react'
import { useServices } from '../api/services.ts'
import { findTemplates, insertTemplate, templateQuery } from './templates.ts'

export type Templates = {
  isOpen: boolean
  /** `undefined` while they load, `null` when they could not be loaded. */
  found: readonly Template[] | undefined | null
  active: number
  listId: string
  activeId: string | undefined
  optionId: (at: number) => string
  toggle: () => void
  close: () => void
  retry: () => void
  /** The field's text with the phrase at this place in it. */
  choose: (at: number) => string | undefined
  /** Takes a key; `false` when it has nothing to do with the list. Calls `pick` with the field's new text. */
  press: (event: KeyboardEvent, pick: (text: string | undefined) => void) => boolean
}

/** The list of standing phrases over a field that holds `text`: opened by a leading `/` or by its button. */
export function useTemplates(text: string): Templates {
  const { client } = useServices()
  const listId = useId()
  const query = templateQuery(text)
  /** The text at which the list was closed, or opened by hand. */
  const [closedAt, setClosedAt] = useState<string | null>(null)
  const [isOpened, setOpened] = useState(false)
  const [marked, setMarked] = useState({ query, at: 0 })

  const isOpen = isOpened || (query !== null && closedAt !== text)
  const { data, isError, refetch } = useQuery({
    queryKey: ['templates'],
    queryFn: ({ signal }) => client.templates(signal),
    enabled: isOpen,
    networkMode: 'always',
    staleTime: 10 * 60_000,
    retry: 1,
  })
  const found = data === undefined ? (isError ? null : undefined) : findTemplates(data, query ?? '')
  const count = found?.length ?? 0
  const active = marked.query === query ? Math.min(marked.at, Math.max(0, count - 1)) : 0
  const optionId = (at: number) => `${listId}-${at}`
  const close = () => {
    setOpened(false)
    setClosedAt(text)
  }
  const choose = (at: number) => {
    const template = found?.[at]
    return template && insertTemplate(text, template.text)
  }

  return {
    isOpen,
    found,
    active,
    listId,
    activeId: isOpen && count > 0 ? optionId(active) : undefined,
    optionId,
    toggle: () => (isOpen ? close() : setOpened(true)),
    close,
    retry: () => void refetch(),
    choose,
    press: ({ key, shiftKey }, pick) => {
      if (key === 'Escape') close()
      else if (count === 0) return false
      else if (key === 'ArrowDown') setMarked({ query, at: (active + 1) % count })
      else if (key === 'ArrowUp') setMarked({ query, at: (active + count - 1) % count })
      else if ((key === 'Enter' && !shiftKey) || key === 'Tab') pick(choose(active))
      else return false
      return true
    },
  }
}
