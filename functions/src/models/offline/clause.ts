import { thirdPerson } from './inflect.ts'
import type { Token } from './language.ts'

/** Who speaks to whom, by the names that they are told under. */
export interface Who {
  readonly speaker: string
  readonly addressee: string
  /** The addressee takes a verb in the plural: several people. */
  readonly isAddresseePlural: boolean
}

/** A token of a rewritten clause; words that were put in have no tags that matter. */
export type Part = Pick<Token, 'text' | 'lower' | 'pos' | 'lemma' | 'isSpaced'>

export const put = (...words: string[]): Part[] =>
  words.map((text) => ({ text, lower: text.toLowerCase(), pos: 'PUT', lemma: text, isSpaced: true }))

const BARE_INFINITIVE = new Set(['help', 'let', 'make', 'see', 'hear', 'watch', 'have'])
const INVERTED = new Set(['do', 'does', 'did', 'can', 'could', 'will', 'would', 'should', 'may', 'might'])
/** The tagger takes them for prepositions also where a clause follows. */
const CONJUNCTIONS = new Set(['before', 'after', 'until', 'till', 'since', 'like', 'than', 'as'])
const CONTRACTED = new Map(
  Object.entries({
    "'m": 'is',
    "'re": 'is',
    "'ve": 'has',
    "'d": 'would',
    "'ll": 'will',
  }),
)
const PLURAL = new Map(
  Object.entries({
    we: 'they',
    us: 'them',
    our: 'their',
    ours: 'theirs',
    ourselves: 'themselves',
    "let's": "let's",
  }),
)

export const possessive = (name: string): string => (name.endsWith('s') ? `${name}'` : `${name}'s`)

/** The clause as a third person tells it: I and you become names, and their verbs agree with them. */
export function toThirdPerson(parts: readonly Part[], who: Who): Part[] {
  const told = parts.map((part) => ({ ...part }))
  for (const [at, part] of parts.entries()) {
    const isSpeaker = part.lower === 'i'
    if (part.lower === 'you' && parts.slice(at + 1, at + 3).some(({ lower }) => lower === 'both')) {
      replace(told, at, 'they')
    } else if (isSpeaker || part.lower === 'you') {
      replace(told, at, isSpeaker ? who.speaker : who.addressee)
      if (isSpeaker || !who.isAddresseePlural) agree(parts, told, at)
    } else {
      const name = nameFor(part, who)
      if (name !== undefined) replace(told, at, name)
    }
  }
  return told
}

function nameFor({ lower }: Part, { speaker, addressee }: Who): string | undefined {
  if (lower === 'me') return speaker
  if (lower === 'my' || lower === 'mine') return possessive(speaker)
  if (lower === 'your' || lower === 'yours') return possessive(addressee)
  if (lower === 'myself' || lower === 'yourself') return 'themself'
  if (lower === 'yourselves') return 'themselves'
  return PLURAL.get(lower)
}

function replace(told: Part[], at: number, text: string): void {
  const part = told[at]
  if (part !== undefined) told[at] = { ...part, text, lower: text.toLowerCase(), pos: 'PROPN', lemma: text }
}

/** Makes the verb of the subject at `at` third person, if that is a subject with its verb behind it. */
function agree(parts: readonly Part[], told: Part[], at: number): void {
  const before = parts[at - 1]
  if (before !== undefined) {
    if (before.lower === 'are' || before.lower === 'am') return replaceVerb(told, at - 1, 'is')
    if (before.lower === 'have' && before.pos === 'AUX') return replaceVerb(told, at - 1, 'has')
    if (before.lower === 'do' && before.pos === 'AUX') return replaceVerb(told, at - 1, 'does')
    if (INVERTED.has(before.lower) && before.pos === 'AUX') return
    if (BARE_INFINITIVE.has(before.lemma) || (before.pos === 'ADP' && !CONJUNCTIONS.has(before.lower))) return
  }
  for (let next = at + 1; next <= at + 3; next += 1) {
    const verb = parts[next]
    if (verb === undefined) return
    if (verb.pos === 'ADV') continue
    if (verb.pos === 'VERB' || verb.pos === 'AUX') replaceVerb(told, next, singular(verb, parts[next + 1]))
    return
  }
}

function replaceVerb(told: Part[], at: number, text: string): void {
  const part = told[at]
  if (part !== undefined) told[at] = { ...part, text, lower: text, isSpaced: true }
}

/** A present form as the third person singular has it; other forms stay. */
function singular({ lower, lemma, pos, text }: Part, next?: Part): string {
  if (lower === "'d" && next?.lower === 'better') return 'had'
  const full = CONTRACTED.get(lower)
  if (full !== undefined) return full
  if (lower === 'am' || lower === 'are') return 'is'
  if (lower === 'were') return 'was'
  if (lower === 'have') return 'has'
  if (lower === 'do') return 'does'
  if (pos === 'VERB' && lower === lemma) return thirdPerson(lemma)
  return text
}

/** Whether the tagger sees a verb in it. */
export const hasVerb = (parts: readonly Part[]): boolean =>
  parts.some(({ pos }) => pos === 'VERB' || pos === 'AUX')

/** As it stands within a sentence: without the capital that only its place had given it. */
export function uncapitalized([first, ...rest]: readonly Part[]): Part[] {
  if (first === undefined) return []
  const isName = first.pos === 'PROPN' || !/^\p{Lu}\p{Ll}*$/u.test(first.text)
  return [{ ...first, text: isName ? first.text : first.lower, isSpaced: true }, ...rest]
}
