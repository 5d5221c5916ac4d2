import type { ProspectResponse } from '@lifeline/functions/contract'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useCallback, useLayoutEffect, useRef, useState, type RefObject } from 'react'
import { AnswerCard } from './answer-card.tsx'
import classes from './answers-panel.module.css'

/** About the height of a card with two lines of answer, px. */
const USUAL_HEIGHT = 164
const GAP = 12

export type AnswerCardsProps = {
  responses: readonly ProspectResponse[]
  scroller: RefObject<HTMLElement | null>
}

/** The cards, of which only those in sight are drawn. */
export function AnswerCards({ responses, scroller }: AnswerCardsProps) {
  const list = useRef<HTMLUListElement>(null)
  const [start, setStart] = useState(0)
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set())
  const toggle = useCallback(
    (leadId: string) =>
      setOpen((before) => {
        const after = new Set(before)
        if (!after.delete(leadId)) after.add(leadId)
        return after
      }),
    [],
  )
  // What stands above the list may grow, such as the names of those who failed.
  useLayoutEffect(() => {
    const box = scroller.current
    if (box === null || list.current === null) return
    const top = list.current.getBoundingClientRect().top - box.getBoundingClientRect().top + box.scrollTop
    if (Math.abs(top - start) > 1) setStart(top)
  })
  const cards = useVirtualizer({
    count: responses.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => USUAL_HEIGHT,
    getItemKey: (index) => responses[index]?.persona.lead_id ?? index,
    gap: GAP,
    overscan: 6,
    scrollMargin: start,
  })
  return (
    <ul ref={list} className={classes.cards} aria-label="Answers" style={{ blockSize: cards.getTotalSize() }}>
      {cards.getVirtualItems().map(({ index, key, start: top }) => {
        const response = responses[index]
        if (response === undefined) return null
        return (
          <li
            key={key}
            ref={cards.measureElement}
            data-index={index}
            className={classes.slot}
            style={{ insetBlockStart: top - start }}
            aria-setsize={responses.length}
            aria-posinset={index + 1}
          >
            <AnswerCard response={response} isOpen={open.has(response.persona.lead_id)} onToggle={toggle} />
          </li>
        )
      })}
    </ul>
  )
}
