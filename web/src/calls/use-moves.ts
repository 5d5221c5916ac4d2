import { useLayoutEffect, useRef, type RefObject } from 'react'

/**
 * Rows that change places slide there, and keep the focus that moving them in the document would lose.
 * Rows carry `data-row`; `order` changes with their order.
 */
export function useMoves(list: RefObject<HTMLElement | null>, order: string): void {
  const tops = useRef(new Map<string, number>())
  const focused = useRef<string>(undefined)

  useLayoutEffect(() => {
    const remember = (event: FocusEvent) => {
      focused.current = event.target instanceof Element ? rowOf(event.target)?.dataset['row'] : undefined
    }
    document.addEventListener('focusin', remember)
    return () => document.removeEventListener('focusin', remember)
  }, [])

  useLayoutEffect(() => {
    const isStill = matchMedia('(prefers-reduced-motion: reduce)').matches
    const before = tops.current
    const after = new Map<string, number>()
    for (const row of list.current?.querySelectorAll<HTMLElement>('[data-row]') ?? []) {
      const id = row.dataset['row'] ?? ''
      const top = row.offsetTop
      after.set(id, top)
      const moved = (before.get(id) ?? top) - top
      if (moved !== 0 && !isStill) {
        row.animate([{ transform: `translateY(${moved}px)` }, { transform: 'none' }], {
          duration: 140,
          easing: 'ease-out',
        })
      }
      const isFocusLost = document.activeElement === null || document.activeElement === document.body
      if (id === focused.current && isFocusLost) row.querySelector('a')?.focus({ preventScroll: true })
    }
    tops.current = after
  }, [list, order])
}

function rowOf(element: Element): HTMLElement | null {
  return element.closest<HTMLElement>('[data-row]')
}
