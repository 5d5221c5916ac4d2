import type { Mark, Snippet } from './schema.ts'
import { wordsOf } from './words.ts'

/** Characters shown of a message, and of those before its first hit. */
const LENGTH = 200
const BEFORE = 60

/**
 * The part of a message where it was found.
 *
 * @param found the words, folded, that were found in it
 */
export function snippetOf(content: string, found: ReadonlySet<string>): Snippet {
  const words = wordsOf(content)
  const hits = joined(words.filter(({ term }) => found.has(term)))
  const first = hits[0]?.start ?? 0
  // Never within a word: a cut there could fall into a character too.
  const start =
    content.length <= LENGTH || first <= BEFORE
      ? 0
      : (words.find((word) => word.start >= first - BEFORE)?.start ?? first)
  const end =
    content.length - start <= LENGTH ? content.length : lastEnd(words, start + LENGTH, hits[0]?.end ?? start)
  return {
    text: content.slice(start, end),
    marks: hits
      .filter((hit) => hit.start >= start && hit.end <= end)
      .map((hit) => ({ start: hit.start - start, end: hit.end - start })),
    cut_start: start > 0,
    cut_end: end < content.length,
  }
}

function lastEnd(words: readonly Mark[], limit: number, least: number): number {
  const last = words.findLast(({ end }) => end <= limit)?.end ?? least
  return Math.max(last, least)
}

/** Marks that touch or overlap, as pairs of characters do, made one. */
function joined(words: readonly Mark[]): Mark[] {
  const marks: Mark[] = []
  for (const { start, end } of words) {
    const last = marks.at(-1)
    if (last !== undefined && start <= last.end)
      marks[marks.length - 1] = { ...last, end: Math.max(last.end, end) }
    else marks.push({ start, end })
  }
  return marks
}
