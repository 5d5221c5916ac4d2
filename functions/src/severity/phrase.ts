import { type Word, readWords } from './read-words.ts'

/** A place in a phrase: one of these words, with up to `gap` others before it. */
interface Slot {
  readonly words: ReadonlySet<string>
  readonly gap: number
}

/** Phrases under one meaning, to be found by their first words. */
export type Phrases<T> = ReadonlyMap<
  string,
  readonly { readonly slots: readonly Slot[]; readonly meaning: T }[]
>

/** A phrase found: the words from `first` to `last`, both included. */
export interface Found<T> {
  readonly first: number
  readonly last: number
  readonly meaning: T
}

/** They begin another thought or turn it round: no phrase reaches over them. */
export const BREAKS: ReadonlySet<string> = new Set(
  'and but because cause bcz bcoz so then while although though however except now no not never without nobody isnt sin नहीं नही nahi nahin لا y pero aur lekin magar और लेकिन मगर لكن و'.split(
    ' ',
  ),
)

/**
 * Phrases in a notation of their own, by lines: words in order; `|` between alternatives; `crush/ed/ing` for crush,
 * crushed and crushing; `~2` where up to two other words may stand; `@who` for a list given by name.
 *
 * @throws Error when a list is named that nobody gave
 */
export function compilePhrases<T>(
  entries: readonly (readonly [meaning: T, lines: string])[],
  lists: Readonly<Record<string, string>> = {},
): Phrases<T> {
  const phrases = new Map<string, { slots: Slot[]; meaning: T }[]>()
  for (const [meaning, lines] of entries) {
    for (const line of lines.split('\n').map((each) => each.trim())) {
      if (line === '') continue
      const slots = toSlots(line, lists)
      for (const word of slots[0]?.words ?? []) {
        phrases.set(word, [...(phrases.get(word) ?? []), { slots, meaning }])
      }
    }
  }
  return phrases
}

function toSlots(line: string, lists: Readonly<Record<string, string>>): Slot[] {
  const slots: Slot[] = []
  let gap = 0
  for (const part of line.split(/\s+/)) {
    if (part.startsWith('~')) gap = Number(part.slice(1))
    else {
      slots.push({ words: new Set(alternatives(part, lists)), gap })
      gap = 0
    }
  }
  return slots
}

function alternatives(part: string, lists: Readonly<Record<string, string>>): string[] {
  return part.split('|').flatMap((each) => {
    if (each.startsWith('@')) {
      const list = lists[each.slice(1)]
      if (list === undefined) throw new Error(`no list is called ${each}`)
      return list.split(/\s+/).flatMap((word) => alternatives(word, {}))
    }
    const [stem = '', ...endings] = each.split('/')
    return [stem, ...endings.map((ending) => stem + ending)].map(folded)
  })
}

/** As the words of a message are folded. */
const folded = (word: string): string =>
  readWords(word)
    .words.map(({ text }) => text)
    .join('')

/** Every phrase in the words. */
export function findPhrases<T>(words: readonly Word[], phrases: Phrases<T>): Found<T>[] {
  const found: Found<T>[] = []
  for (const [first, word] of words.entries()) {
    for (const { slots, meaning } of phrases.get(word.text) ?? []) {
      const last = reach(words, slots, first, 1)
      if (last !== undefined) found.push({ first, last, meaning })
    }
  }
  return found
}

/** Where the rest of a phrase ends whose slot before `index` is the word `at`; the nearest end when there are several. */
function reach(
  words: readonly Word[],
  slots: readonly Slot[],
  at: number,
  index: number,
): number | undefined {
  const slot = slots[index]
  if (slot === undefined) return at
  const clause = words[at]?.clause
  for (let next = at + 1; next <= at + 1 + slot.gap; next += 1) {
    const word = words[next]
    if (word === undefined || word.clause !== clause) return undefined
    if (slot.words.has(word.text)) {
      const last = reach(words, slots, next, index + 1)
      if (last !== undefined) return last
    }
    if (BREAKS.has(word.text)) return undefined
  }
  return undefined
}

/** Every word that stands in a phrase. */
export const wordsOf = (...all: readonly Phrases<unknown>[]): string[] =>
  all.flatMap((phrases) =>
    [...phrases.values()].flatMap((entries) =>
      entries.flatMap(({ slots }) => slots.flatMap(({ words }) => [...words])),
    ),
  )
