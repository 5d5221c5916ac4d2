import { readEnglish } from '../models/offline/language.ts'
import { stemsOf } from '../prospects/words.ts'

export interface Theme {
  theme: string
  /** The stems that it goes by. */
  stems: readonly string[]
  /** By their place among the texts. */
  texts: number[]
}

/** Only what several people speak of is common. */
const LEAST_TEXTS = 2
const MOST_THEMES = 6
/** A pair of words is worth more than each alone, but not where it is seldom. */
const PAIR_BONUS = 1.6

interface Candidate {
  stems: readonly string[]
  texts: Set<number>
  /** Ways of writing it, with how often. */
  forms: Map<string, number>
}

/** What several of the texts speak of, the most common first. Words of the question itself are no theme. */
export function findThemes(texts: readonly string[], question: string): Theme[] {
  const asked = new Set(stemsOf(question))
  const candidates = new Map<string, Candidate>()
  const note = (words: readonly { stem: string; lower: string }[], text: number) => {
    const stems = words.map(({ stem }) => stem)
    const key = stems.join(' ')
    const candidate = candidates.get(key) ?? { stems, texts: new Set(), forms: new Map() }
    const form = words.map(({ lower }) => lower).join(' ')
    candidate.texts.add(text)
    candidate.forms.set(form, (candidate.forms.get(form) ?? 0) + 1)
    candidates.set(key, candidate)
  }
  for (const [at, text] of texts.entries()) {
    for (const sentence of readEnglish(text)) {
      for (const [place, token] of sentence.entries()) {
        if (!isSubject(token, asked)) continue
        note([token], at)
        const next = sentence[place + 1]
        if (next !== undefined && isSubject(next, asked)) note([token, next], at)
      }
    }
  }
  return choose([...candidates.values()])
}

const NOUNS = new Set(['NOUN', 'PROPN', 'ADJ'])
const isSubject = (
  { pos, isStopWord, stem, lower }: { pos: string; isStopWord: boolean; stem: string; lower: string },
  asked: ReadonlySet<string>,
): boolean =>
  NOUNS.has(pos) && !isStopWord && lower.length > 2 && !asked.has(stem) && stemsOf(lower).length > 0

function choose(candidates: readonly Candidate[]): Theme[] {
  const weigh = ({ texts, stems }: Candidate) => texts.size * (stems.length > 1 ? PAIR_BONUS : 1)
  const ordered = candidates
    .filter(({ texts }) => texts.size >= LEAST_TEXTS)
    .toSorted((a, b) => weigh(b) - weigh(a) || (a.stems.join(' ') < b.stems.join(' ') ? -1 : 1))
  const chosen: Theme[] = []
  const taken = new Set<string>()
  for (const { stems, texts, forms } of ordered) {
    if (chosen.length === MOST_THEMES) break
    if (stems.some((stem) => taken.has(stem))) continue
    for (const stem of stems) taken.add(stem)
    const [theme = ''] = [...forms].toSorted((a, b) => b[1] - a[1])[0] ?? []
    chosen.push({ theme, stems, texts: [...texts].toSorted((a, b) => a - b) })
  }
  return chosen
}
