import { IDIOMS } from './idioms.ts'
import { findPhrases } from './phrase.ts'
import { readWords } from './read-words.ts'

/** A text without words of an emergency in a use that is none: "the fire drill is at ten" is "the is at ten". */
export function withoutIdioms(text: string): string {
  const { words } = readWords(text)
  let rest = ''
  let from = 0
  for (const { first, last } of findPhrases(words, IDIOMS).toSorted((a, b) => a.first - b.first)) {
    const { start } = words[first] ?? { start: from }
    const { end } = words[last] ?? { end: from }
    rest += text.slice(from, Math.max(from, start))
    from = Math.max(from, end)
  }
  return rest + text.slice(from)
}
