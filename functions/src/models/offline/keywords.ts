import type { Sentence } from './transcript.ts'

export interface Keyword {
  keyword: string
  /** Ids of the messages that use it. */
  evidence: string[]
}

const NOMINAL = new Set(['NOUN', 'PROPN'])
/** Nouns that every conversation has. */
const EMPTY = new Set(
  'thing things lot way bit kind sort one ones something anything everything nothing time today day okay sir madam please thanks help people guy guys stuff yeah hi hello'.split(
    ' ',
  ),
)
const PHRASE_MAX = 3

/**
 * What a conversation speaks of: its nouns and runs of nouns, by how often and by how many turns they are used. In other
 * languages than English the words that are repeated, longest first.
 */
export function findKeywords(sentences: readonly Sentence[], isEnglish: boolean, most = 8): Keyword[] {
  const found = new Map<
    string,
    { keyword: string; count: number; turns: Set<number>; evidence: Set<string> }
  >()
  for (const sentence of sentences) {
    for (const { key, keyword } of isEnglish ? nounPhrases(sentence) : longWords(sentence)) {
      const entry = found.get(key) ?? { keyword, count: 0, turns: new Set(), evidence: new Set() }
      entry.count += 1
      entry.turns.add(sentence.turn)
      entry.evidence.add(sentence.message.message_id)
      found.set(key, entry)
    }
  }
  const ranked = [...found.values()]
    .map((entry) => ({
      ...entry,
      score: entry.turns.size + 0.2 * entry.count + 0.3 * entry.keyword.split(' ').length,
    }))
    .toSorted((a, b) => b.score - a.score)
  const kept: Keyword[] = []
  for (const { keyword, evidence } of ranked) {
    if (kept.length >= most) break
    // "gas" adds nothing beside "gas leak".
    const isPart = kept.some((other) => ` ${other.keyword} `.includes(` ${keyword} `))
    if (!isPart) kept.push({ keyword, evidence: [...evidence] })
  }
  return kept
}

interface Found {
  key: string
  keyword: string
}

function nounPhrases({ tokens }: Sentence): Found[] {
  const phrases: Found[] = []
  let run: { text: string; stem: string }[] = []
  const flush = (): void => {
    const phrase = run.slice(-PHRASE_MAX)
    if (phrase.length > 0) {
      phrases.push({
        key: phrase.map(({ stem }) => stem).join(' '),
        keyword: phrase.map(({ text }) => text).join(' '),
      })
    }
    run = []
  }
  for (const { pos, lower, text, stem, isStopWord } of tokens) {
    if (NOMINAL.has(pos) && !isStopWord && !EMPTY.has(lower) && /^\p{L}[\p{L}\p{M}-]+$/u.test(text)) {
      run.push({ text: pos === 'PROPN' && !/^\p{Lu}+$/u.test(text) ? text : lower, stem })
    } else flush()
  }
  flush()
  return phrases
}

const longWords = ({ tokens }: Sentence): Found[] =>
  tokens
    .filter(({ lower, isStopWord }) => !isStopWord && lower.length > 3)
    .map(({ lower }) => ({ key: lower, keyword: lower }))
