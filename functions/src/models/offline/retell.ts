import { tellAsked } from './asked.ts'
import { bareParts, isOnlyName, withoutName } from './bare-parts.ts'
import { hasVerb, type Part, possessive, put, toThirdPerson, uncapitalized, type Who } from './clause.ts'
import { isElliptic } from './elliptic.ts'
import { tellQuestion } from './questions.ts'
import { tellPattern, tellSpeechAct } from './speech-acts.ts'
import { join, type Sentence } from './transcript.ts'
import { OTHER_SIDE } from './who-speaks.ts'

/** A sentence as somebody else tells it, in two parts, so that two that begin alike can be told as one. */
export interface Told {
  readonly speaker: string
  /** What the speaker does to whom, "asks Bob"; empty where the verb is what they say of themselves. */
  readonly act: string
  /** What follows: "where the bank is". */
  readonly rest: string
}

/** Longer sentences are cut, and end in an ellipsis. */
const WORDS_MAX = 45

/**
 * A sentence of a conversation as somebody else tells it: "A asks B to wait." Null where nothing is left to tell. What no
 * pattern fits is told as said, so that the rewrite never turns round what it does not understand.
 */
export function retell(sentence: Sentence, who: Who): string | null {
  const told = tellParts(sentence, who)
  return told === null ? null : inWords(told)
}

/** The same, for those who put several together. */
export function tellParts(sentence: Sentence, who: Who): Told | null {
  const { parts, hasTag } = bareParts(withoutName(sentence.tokens, who.addressee))
  if (!parts.some(({ lower }) => /[\p{L}\p{N}]/u.test(lower)) || isElliptic(parts)) return null
  if (isOnlyName(parts, who.addressee)) return null
  // "Yes, but slowly": what is left without its beginning would say something else.
  if (countWords(parts) === 1 && isQualified(sentence.tokens)) return quoted(sentence, who)
  // Who says it with a tag ("isn't it?") states it.
  const isQuestion = sentence.text.trimEnd().endsWith('?') && !hasTag
  const told = tell(parts, who, isQuestion)
  if (told === null) return null
  const [verb, whom, ...rest] = told
  const isToSomebody = verb?.pos === 'PUT' && whom?.pos === 'PUT' && whom.text === who.addressee
  if (!isToSomebody) return { speaker: who.speaker, act: '', rest: inShort(told) }
  // "Ann asks if Bob lives here": whom she asks is plain.
  const isPlain =
    verb.text === 'asks' && rest[0]?.lower !== 'to' && rest.some(({ text }) => isNameOf(text, who.addressee))
  return { speaker: who.speaker, act: isPlain ? verb.text : join([verb, whom]), rest: inShort(rest) }
}

const countWords = (parts: readonly Part[]): number =>
  parts.filter(({ lower }) => /[\p{L}\p{N}]/u.test(lower)).length
const isQualified = (tokens: readonly Part[]): boolean =>
  tokens.slice(1, 4).some(({ lower }) => lower === 'but')
const quoted = ({ text }: Sentence, { speaker }: Who): Told => ({
  speaker,
  act: '',
  rest: `says “${text.replace(/[\s.!…]+$/, '')}”`,
})

const isNameOf = (text: string, name: string): boolean => text === name || text === possessive(name)
const inShort = (parts: Part[]): string => join(shorten(parts)).trim()

export const inWords = ({ speaker, act, rest }: Told): string =>
  finish(`${speaker} ${act === '' ? '' : `${act} `}${rest}`)

function tell(parts: Part[], who: Who, isQuestion: boolean): Part[] | null {
  const act = tellSpeechAct(parts, who)
  if (act !== undefined) return act
  const opinion = tellOpinion(parts, who)
  if (opinion !== undefined) return opinion
  return tellTwo(parts, who, isQuestion) ?? (isQuestion ? tellAsked(parts, who) : state(parts, who))
}

function state(parts: Part[], who: Who): Part[] {
  if (parts[0]?.lower === 'i' && hasVerb(parts.slice(0, 6))) return toThirdPerson(parts, who).slice(1)
  const [only, ...others] = parts.filter(({ lower }) => /[\p{L}\p{N}]/u.test(lower))
  // "Help!", "Fire!": one word is told as it is, for no sentence can be made of it.
  if (only !== undefined && others.length === 0) return put('says', `“${only.text}”`)
  // "In hall 3, next to the pump": nobody is told in a hall.
  if (parts[0]?.pos === 'ADP' || !hasVerb(parts))
    return [...put('says'), ...uncapitalized(toThirdPerson(parts, who))]
  const clause = uncapitalized(toThirdPerson(parts, who))
  // Without it two names would stand side by side, or an infinitive behind a name.
  const needsThat = clause[0]?.pos === 'PROPN' || clause[0]?.lower === 'to'
  if (who.addressee === OTHER_SIDE) return [...put('says', 'that'), ...clause]
  return [...put('tells', who.addressee, ...(needsThat ? ['that'] : [])), ...clause]
}

const LINKS = new Set(['so', 'but', 'and', 'then', 'or', 'also'])
const CONDITIONS = new Set([
  'if',
  'when',
  'unless',
  'once',
  'before',
  'after',
  'since',
  'because',
  'while',
  'as',
])

/**
 * "He is bleeding, can you come?" does two things, and is told as both; "If it hurts, why don't you rest?" does one, on a
 * condition that goes to the end.
 */
function tellTwo(parts: Part[], who: Who, isQuestion: boolean): Part[] | undefined {
  for (const [at, { lower }] of parts.entries()) {
    if (lower !== ',' || at === 0) continue
    let from = at + 1
    while (LINKS.has(parts[from]?.lower ?? '')) from += 1
    const tail = parts.slice(from)
    const second = tellPattern(tail, who) ?? (isQuestion ? tellQuestion(tail, who) : undefined)
    if (second === undefined || second === null) continue
    const lead = parts.slice(0, at)
    if (CONDITIONS.has(lead[0]?.lower ?? '')) return [...second, ...uncapitalized(toThirdPerson(lead, who))]
    if (!hasVerb(lead)) return second
    const first = tell(lead, who, false)
    return first === null ? second : [...first, ...put('and'), ...second]
  }
  return undefined
}

const OPINIONS = new Map([
  ['think', 'thinks'],
  ['guess', 'guesses'],
  ['believe', 'believes'],
  ['suppose', 'supposes'],
])

/** "He has a knife, I think" → "thinks he has a knife". */
function tellOpinion(parts: Part[], who: Who): Part[] | undefined {
  const verb = OPINIONS.get(parts.at(-1)?.lower ?? '')
  if (verb === undefined || parts.at(-2)?.lower !== 'i') return undefined
  const said = parts.slice(0, parts.at(-3)?.lower === ',' ? -3 : -2)
  return said.length === 0 ? undefined : [...put(verb), ...uncapitalized(toThirdPerson(said, who))]
}

function shorten(parts: Part[]): Part[] {
  return parts.length <= WORDS_MAX
    ? parts
    : [...parts.slice(0, WORDS_MAX), { ...put('…')[0], isSpaced: false } as Part]
}

/** A capital at the start and a full stop at the end. */
export function finish(spoken: string): string {
  const text = spoken.replace(/\s+\.?$/, '')
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.…!]$/.test(text) ? '' : '.'}`
}
