import type { Part } from './clause.ts'

/** Words before what is said that add nothing to it. "No" before a comma answers; the denial stays in the sentence. */
const OPENERS = new Set(
  `well oh ah ok okay yes yeah yep yup no nope so and but um uh hmm mhm hey hi hello right sure alright actually anyway now then
  really look listen fine good great wow gee gosh sir madam ma'am maybe exactly absolutely certainly alas uh-huh mm-hmm mmm
  definitely excellent perfect basically perhaps besides`.split(/\s+/),
)
const OPENING_PHRASES = [
  'you know',
  'i mean',
  'i see',
  'excuse me',
  'of course',
  'by the way',
  'all right',
  'no problem',
  'good morning',
  'good afternoon',
  'good evening',
  'pardon me',
  'let me see',
  "that 's right",
  'i am sorry but',
  'i am afraid',
  'i am sorry',
  'oh my god',
  'in fact',
  'to be honest',
  'for sure',
  'as you know',
  'is that so',
  'not really',
  'not at all',
  'a bit',
  'as for me',
  'first of all',
].map((phrase) => phrase.split(' '))
const PAUSES = new Set([',', '.', '!', '...', '…', '-', '--', ';', ':', '–', '—'])
/** They qualify what follows only when a pause comes behind them. */
const NEEDS_PAUSE = new Set([
  'no',
  'now',
  'then',
  'right',
  'really',
  'look',
  'listen',
  'fine',
  'good',
  'great',
  'sure',
  'maybe',
  'exactly',
])
const SUBJECTS = new Set(['i', 'he', 'she', 'it', 'we', 'they', 'you', 'there'])
const QUESTION_WORDS = new Set([
  'what',
  'where',
  'when',
  'why',
  'how',
  'who',
  'which',
  'are',
  'is',
  'do',
  'does',
  'have',
  'has',
])
const HOW_ARE_YOU = ['how', 'are', 'you']
const TAGS =
  /^(?:is|are|was|were|do|does|did|have|has|had|can|could|will|would|should|right|ok|okay|huh|eh|yeah)$/
/** "…, can you help?" is no tag. */
const IN_TAG = new Set("n't not i you he she it we they there so".split(' '))
const COURTESIES = new Set(['please', 'sir', 'madam', "ma'am", 'too', 'thanks', 'though', 'anyway'])
const THANKS = [',', 'thank', 'you']
/** Before a pause they open what is said: "Thanks, in hall 3". Alone they are all that is said. */
const COURTEOUS_OPENERS = [
  'thank you very much',
  'thank you so much',
  'thank you',
  'thanks a lot',
  'thanks so much',
  'thanks',
  'sorry',
  'please',
].map((phrase) => phrase.split(' '))
/** Behind thanks they are part of it. */
const IN_THANKS = new Set(
  'sir madam again everyone everybody all anyway though dear guys so very much'.split(' '),
)

/** What is said, without what only opens it and without what is courteous or a tag ("isn't it?") behind it. */
export function bareParts(tokens: readonly Part[]): { parts: Part[]; hasTag: boolean } {
  let parts: Part[] = [...tokens]
  for (let length = openerLength(parts); length > 0; length = openerLength(parts)) parts = parts.slice(length)
  parts = withoutMarks(parts)
  if (parts.length > 4 && THANKS.every((word, at) => parts.at(at - THANKS.length)?.lower === word))
    parts = parts.slice(0, -THANKS.length)
  while (parts.length > 2 && parts.at(-2)?.lower === ',' && COURTESIES.has(parts.at(-1)?.lower ?? ''))
    parts = parts.slice(0, -2)
  const comma = parts.findLastIndex(({ lower }) => lower === ',')
  const tag = parts.slice(comma + 1)
  const hasTag =
    comma > 1 && TAGS.test(tag[0]?.lower ?? '') && tag.slice(1).every(({ lower }) => IN_TAG.has(lower))
  return { parts: hasTag ? parts.slice(0, comma) : parts, hasTag }
}

function withoutMarks(parts: Part[]): Part[] {
  const last = parts.findLastIndex(({ text }) => /[\p{L}\p{N})%\]"”]/u.test(text))
  return parts.slice(0, last + 1)
}

/**
 * What is said without the name at its end of whom it is said to ("…, Ravi?"), which is told anyway. A name that is not
 * theirs belongs to what is said.
 */
export function withoutName(tokens: readonly Part[], addressee: string): readonly Part[] {
  const comma = tokens.findLastIndex(({ lower }) => lower === ',')
  const behind = tokens.slice(comma + 1).filter(({ lower }) => HAS_WORD.test(lower))
  return comma > 1 && isOnlyName(behind, addressee) ? tokens.slice(0, comma) : tokens
}

/** "Hello, Ravi": what is left of it only calls him. */
export function isOnlyName(parts: readonly Part[], addressee: string): boolean {
  const names = addressee.toLowerCase().split(/[. ]+/)
  const words = parts.filter(({ lower }) => HAS_WORD.test(lower))
  return words.length > 0 && words.every(({ lower }) => names.includes(lower.replace(/\.$/, '')))
}

const HAS_WORD = /[\p{L}\p{N}]/u

function openerLength(parts: readonly Part[]): number {
  const first = parts[0]
  if (first === undefined) return 0
  if (PAUSES.has(first.lower)) return 1
  const hasPause = PAUSES.has(parts[1]?.lower ?? ',')
  if (OPENERS.has(first.lower) && (hasPause || !NEEDS_PAUSE.has(first.lower))) return 1
  // "no he is not": as typed in a hurry.
  if (first.lower === 'no' && SUBJECTS.has(parts[1]?.lower ?? '')) return 1
  // "then how do you get there"
  if (first.lower === 'then' && QUESTION_WORDS.has(parts[1]?.lower ?? '')) return 1
  if (HOW_ARE_YOU.every((word, at) => parts[at]?.lower === word) && PAUSES.has(parts[3]?.lower ?? ','))
    return 3
  // "Mr. Smith, …": who is spoken to.
  const comma = parts.slice(0, 4).findIndex(({ lower }) => lower === ',')
  if (comma > 0 && parts.slice(0, comma).every(({ pos, lower }) => pos === 'PROPN' || lower === '.'))
    return comma + 1
  const courtesy = COURTEOUS_OPENERS.find((words) => words.every((word, at) => parts[at]?.lower === word))
  if (courtesy !== undefined && PAUSES.has(parts[courtesy.length]?.lower ?? '')) {
    const isMore = parts
      .slice(courtesy.length)
      .some(
        ({ lower, pos }) =>
          HAS_WORD.test(lower) && pos !== 'PROPN' && pos !== 'INTJ' && !IN_THANKS.has(lower),
      )
    return isMore ? courtesy.length : 0
  }
  const phrase = OPENING_PHRASES.find((words) => words.every((word, at) => parts[at]?.lower === word))
  if (phrase === undefined) return 0
  return PAUSES.has(parts[phrase.length]?.lower ?? ',') || phrase.length > 2 ? phrase.length : 0
}
