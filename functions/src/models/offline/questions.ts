import { type Part, put, toThirdPerson, type Who } from './clause.ts'
import { pastTense, thirdPerson } from './inflect.ts'

export const QUESTION_WORDS = new Set([
  'what',
  'where',
  'when',
  'why',
  'how',
  'which',
  'who',
  'whose',
  'whom',
])
const SUBJECTS = new Set(
  'i you he she it we they there this that these those anybody anyone everyone someone'.split(' '),
)
const PLURAL_SUBJECTS = new Set(['we', 'they', 'these', 'those'])
/** What a noun phrase is made of. */
const NOMINAL = new Set(['DET', 'ADJ', 'NOUN', 'PROPN', 'NUM', 'PRON'])
const AUXILIARIES = new Set(
  "am is are was were do does did have has had can could will would should shall may might must 's 're ca wo".split(
    ' ',
  ),
)
/** No question begins with these many words before its verb. */
const PHRASE_MAX = 6

/** Tells a question as what its speaker asks: "asks B where B lives". Undefined where the order of the words is not plain. */
export function tellQuestion(parts: readonly Part[], who: Who): Part[] | undefined {
  const first = parts[0]
  if (first === undefined) return undefined
  const asked = QUESTION_WORDS.has(first.lower)
    ? askedWith(parts, who)
    : AUXILIARIES.has(first.lower)
      ? askedIf(parts, who)
      : undefined
  return asked === undefined ? undefined : [...put('asks', who.addressee), ...asked]
}

function askedIf(parts: readonly Part[], who: Who): Part[] | undefined {
  const clause = inOrder(parts)
  return clause && [...put('if'), ...toThirdPerson(clause, who)]
}

function askedWith(parts: readonly Part[], who: Who): Part[] | undefined {
  const at = parts.slice(0, PHRASE_MAX).findIndex(({ lower }, index) => index > 0 && AUXILIARIES.has(lower))
  if (at === -1) return parts[1]?.pos === 'VERB' ? toThirdPerson(lowered(parts), who) : undefined
  const phrase = lowered(parts.slice(0, at))
  // "What is happening", "Who can help": the question word is the subject, and the order stays.
  const next = parts[at + 1]
  if (next === undefined || next.pos === 'VERB' || (next.pos === 'ADP' && parts[at]?.lower !== 'do')) {
    return toThirdPerson(lowered(parts), who)
  }
  const clause = inOrder(parts.slice(at))
  return clause && toThirdPerson([...phrase, ...clause], who)
}

const lowered = ([first, ...rest]: readonly Part[]): Part[] =>
  first === undefined ? [] : [{ ...first, text: first.lower, isSpaced: true }, ...rest]

/** "do you live here" → "you live here", with the time of the auxiliary kept in the verb. */
function inOrder(parts: readonly Part[]): Part[] | undefined {
  const [auxiliary, ...after] = parts
  if (auxiliary === undefined) return undefined
  const negation = after[0]?.lower === "n't" ? [after.shift() as Part] : []
  const length = subjectLength(after)
  if (length === 0) return undefined
  const subject = after.slice(0, length)
  const rest = after.slice(length)
  const full = FULL.get(auxiliary.lower) ?? auxiliary.lower
  const verb: Part = { ...auxiliary, text: full, lower: full, isSpaced: true }
  const isDo = ['do', 'does', 'did'].includes(verb.lower)
  if (!isDo || negation.length > 0) return [...subject, verb, ...negation, ...rest]
  const main = rest.findIndex(({ pos }) => pos === 'VERB' || pos === 'AUX')
  const word = rest[main]
  if (word === undefined) return undefined
  const text = formOf(verb.lower, word, subject)
  return [...subject, ...rest.map((part, at) => (at === main ? { ...part, text, lower: text } : part))]
}

const FULL = new Map(Object.entries({ "'s": 'is', "'re": 'are' }))

function formOf(auxiliary: string, { lemma }: Part, subject: readonly Part[]): string {
  const [first] = subject
  // "I" and "you" are made to agree with the names that stand in their place.
  if (auxiliary === 'did') return pastTense(lemma)
  if (auxiliary === 'do' || PLURAL_SUBJECTS.has(first?.lower ?? '')) return lemma
  return thirdPerson(lemma)
}

function subjectLength(parts: readonly Part[]): number {
  // "that man", but "Is that Anne".
  const isDeterminer = parts[0]?.pos === 'DET' && NOMINAL.has(parts[1]?.pos ?? '') && parts[1]?.pos !== 'ADJ'
  if (SUBJECTS.has(parts[0]?.lower ?? '') && !isDeterminer) return 1
  let length = 0
  while (length < parts.length) {
    const part = parts[length]
    const isNominal =
      part !== undefined &&
      (NOMINAL.has(part.pos) || part.lower === "'s" || part.lower === "'" || isModifier(parts, length))
    if (part === undefined || !isNominal) break
    if (length > 0 && part.pos === 'DET') break
    // "the game that you bought": what follows says more of it.
    if (length > 0 && (SUBJECTS.has(part.lower) || part.lower === 'who')) break
    // An adjective behind its noun is what is asked: "is the pain severe".
    if (part.pos === 'ADJ' && ['NOUN', 'PROPN'].includes(parts[length - 1]?.pos ?? '')) break
    length += 1
  }
  return length
}

/** "your working day": a participle between its determiner and its noun. */
const isModifier = (parts: readonly Part[], at: number): boolean =>
  at > 0 &&
  parts[at]?.pos === 'VERB' &&
  /(?:ing|ed)$/.test(parts[at]?.lower ?? '') &&
  ['DET', 'PRON'].includes(parts[at - 1]?.pos ?? '') &&
  parts[at + 1]?.pos === 'NOUN'
