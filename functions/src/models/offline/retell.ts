import { type Part, put, toThirdPerson, type Who } from './clause.ts'
import { tellQuestion } from './questions.ts'
import { tellSpeechAct } from './speech-acts.ts'
import { join, type Sentence } from './transcript.ts'

/** Words before what is said that add nothing to it. "No" before a comma answers; the denial stays in the sentence. */
const OPENERS = new Set(
  `well oh ah ok okay yes yeah yep yup no nope so and but um uh hmm mhm hey hi hello right sure alright actually anyway now then
  really look listen fine good great wow gee gosh sir madam ma'am maybe exactly absolutely certainly alas uh-huh mm-hmm mmm
  definitely excellent perfect basically`.split(/\s+/),
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
  'how are you',
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
const TAGS =
  /^(?:is|are|was|were|do|does|did|have|has|had|can|could|will|would|should|right|ok|okay|huh|eh|yeah|please|sir|madam|ma'am|too)$/
/** Longer sentences are cut, and end in an ellipsis. */
const WORDS_MAX = 45

/** What is said, without what only opens it and without tags ("isn't it?") behind it. */
export function bareParts({ tokens }: Sentence): Part[] {
  let parts: Part[] = [...tokens]
  for (let length = openerLength(parts); length > 0; length = openerLength(parts)) parts = parts.slice(length)
  while (parts.length > 0 && !/[\p{L}\p{N})%\]"”]/u.test(parts.at(-1)?.text ?? '')) parts.pop()
  const comma = parts.findLastIndex(({ lower }) => lower === ',')
  const tag = parts.slice(comma + 1)
  if (comma > 1 && tag.length <= 4 && TAGS.test(tag[0]?.lower ?? '')) parts = parts.slice(0, comma)
  return parts
}

function openerLength(parts: readonly Part[]): number {
  const first = parts[0]
  if (first === undefined) return 0
  if (PAUSES.has(first.lower)) return 1
  const hasPause = PAUSES.has(parts[1]?.lower ?? ',')
  if (OPENERS.has(first.lower) && (hasPause || !NEEDS_PAUSE.has(first.lower))) return 1
  // "Mr. Smith, …": who is spoken to.
  const comma = parts.slice(0, 4).findIndex(({ lower }) => lower === ',')
  if (comma > 0 && parts.slice(0, comma).every(({ pos, lower }) => pos === 'PROPN' || lower === '.'))
    return comma + 1
  const phrase = OPENING_PHRASES.find((words) => words.every((word, at) => parts[at]?.lower === word))
  if (phrase === undefined) return 0
  return PAUSES.has(parts[phrase.length]?.lower ?? ',') || phrase.length > 2 ? phrase.length : 0
}

/**
 * A sentence of a conversation as somebody else tells it: "A asks B to wait." Null where nothing is left to tell. What no
 * pattern fits is told as said, so that the rewrite never turns round what it does not understand.
 */
export function retell(sentence: Sentence, who: Who): string | null {
  const parts = bareParts(sentence)
  if (!parts.some(({ lower }) => /[\p{L}\p{N}]/u.test(lower))) return null
  // Who says it with a tag ("isn't it?") states it.
  const hasTag = parts.length > 0 && parts.at(-1) !== sentence.tokens.findLast(({ pos }) => pos !== 'PUNCT')
  const isQuestion = sentence.text.trimEnd().endsWith('?') && !hasTag
  const told = tell(parts, who, isQuestion)
  return told === null ? null : finish([...put(who.speaker), ...shorten(told)])
}

function tell(parts: Part[], who: Who, isQuestion: boolean): Part[] | null {
  const act = tellSpeechAct(parts, who)
  if (act !== undefined) return act
  if (isQuestion) {
    const question = tellQuestion(parts, who)
    if (question !== undefined) return question
    if (!hasVerb(parts))
      return [...put('asks', who.addressee, 'about'), ...uncapitalized(toThirdPerson(parts, who))]
    return [...put('asks', who.addressee, 'if'), ...uncapitalized(toThirdPerson(parts, who))]
  }
  if (parts[0]?.lower === 'i' && hasVerb(parts.slice(0, 6))) return toThirdPerson(parts, who).slice(1)
  if (!hasVerb(parts)) return [...put('says'), ...uncapitalized(toThirdPerson(parts, who))]
  const clause = uncapitalized(toThirdPerson(parts, who))
  // Without it two names would stand side by side, or an infinitive behind a name.
  const needsThat = clause[0]?.pos === 'PROPN' || clause[0]?.lower === 'to'
  return [...put('tells', who.addressee, ...(needsThat ? ['that'] : [])), ...clause]
}

const hasVerb = (parts: readonly Part[]): boolean => parts.some(({ pos }) => pos === 'VERB' || pos === 'AUX')

function uncapitalized([first, ...rest]: Part[]): Part[] {
  if (first === undefined) return []
  const isName = first.pos === 'PROPN' || !/^\p{Lu}\p{Ll}*$/u.test(first.text)
  return [{ ...first, text: isName ? first.text : first.lower, isSpaced: true }, ...rest]
}

function shorten(parts: Part[]): Part[] {
  return parts.length <= WORDS_MAX
    ? parts
    : [...parts.slice(0, WORDS_MAX), { ...put('…')[0], isSpaced: false } as Part]
}

/** A capital at the start and a full stop at the end. */
export function finish(parts: readonly Part[]): string {
  const text = join(parts).trim()
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.…!]$/.test(text) ? '' : '.'}`
}
