import { useMediaQuery } from '@mantine/hooks'
import { useCallback, useState } from 'react'

/** From here on the details stand beside the conversation; below they slide over it. */
const BESIDE = '(width >= 80rem)'
/** Two answers: who wants them beside the conversation may still not want it covered. */
const KEYS = { beside: 'lifeline-details-beside', over: 'lifeline-details-over' }

export type DetailsOpen = {
  isOpen: boolean
  /** Whether they cover the conversation. */
  isOver: boolean
  toggle: () => void
  close: () => void
}

/** Whether the details are shown; this browser remembers it. */
export function useDetailsOpen(): DetailsOpen {
  const isBeside = useMediaQuery(BESIDE, undefined, { getInitialValueInEffect: false })
  const [open, setOpen] = useState(() => ({
    beside: localStorage.getItem(KEYS.beside) !== 'closed',
    over: localStorage.getItem(KEYS.over) === 'open',
  }))
  const name = isBeside ? 'beside' : 'over'
  const isOpen = open[name]
  const show = useCallback(
    (isShown: boolean) => {
      localStorage.setItem(KEYS[name], isShown ? 'open' : 'closed')
      setOpen((before) => ({ ...before, [name]: isShown }))
    },
    [name],
  )
  return {
    isOpen,
    isOver: !isBeside,
    toggle: useCallback(() => show(!isOpen), [show, isOpen]),
    close: useCallback(() => show(false), [show]),
  }
}
