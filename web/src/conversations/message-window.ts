/** Which messages are drawn, by their places: from `from` up to but without `to`; `null`: up to the end, which it follows. */
export type MessageWindow = { readonly from: number; readonly to: number | null }

/** How many messages are drawn at first, are added when one nears an edge, and at most. */
const [FIRST, STEP, MOST] = [150, 100, 400]

/** The window on the end of `count` messages. */
export const windowAtEnd = (count: number): MessageWindow => ({ from: Math.max(0, count - FIRST), to: null })

/** With earlier messages; the last ones go when they are too many. */
export function withEarlier({ from, to }: MessageWindow, count: number): MessageWindow {
  const start = Math.max(0, from - STEP)
  return { from: start, to: boundedBy(Math.min(to ?? count, start + MOST), count) }
}

/** With later messages; the first ones go when they are too many. */
export function withLater({ from, to }: MessageWindow, count: number): MessageWindow {
  const end = Math.min(count, (to ?? count) + STEP)
  return { from: Math.max(from, end - MOST), to: boundedBy(end, count) }
}

/** The window around one message, wherever it stands. */
export const windowAround = (index: number, count: number): MessageWindow => ({
  from: Math.max(0, index - STEP),
  to: boundedBy(index + STEP, count),
})

/** The same window, or a smaller one when so many have come at its end that it has become too long. */
export const afterGrowth = (window: MessageWindow, count: number): MessageWindow =>
  window.to === null && count - window.from > MOST ? windowAtEnd(count) : window

export const isWithin = ({ from, to }: MessageWindow, index: number): boolean =>
  index >= from && (to === null || index < to)

const boundedBy = (end: number, count: number): number | null => (end >= count ? null : end)
