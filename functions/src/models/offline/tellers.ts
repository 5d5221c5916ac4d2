import { type Part, put, toThirdPerson, type Who } from './clause.ts'
import { presentParticiple } from './inflect.ts'

/** What somebody does by saying `rest`, which follows the words of the pattern, `lastWord` the last of them; null: nothing worth telling. */
export type Tell = (rest: readonly Part[], who: Who, lastWord: string) => Part[] | null

const withoutPlease = (parts: readonly Part[]): readonly Part[] =>
  parts.filter(({ lower }) => lower !== 'please')

/** The speaker does `act` (`A` stands for the addressee), and the rest follows in the third person. */
export const does =
  (...act: string[]): Tell =>
  (rest, who) => [
    ...put(...act.map((word) => (word === 'A' ? who.addressee : word))),
    ...toThirdPerson(act.at(-1) === 'to' ? inInfinitive(withoutPlease(rest)) : withoutPlease(rest), who),
  ]

/** "leave it and do not go back" → "(to) leave it and not to go back": what is forbidden with what is ordered. */
function inInfinitive(parts: readonly Part[]): readonly Part[] {
  return parts.flatMap((part, at) => {
    const isLinked = LINKS.has(parts[at - 1]?.lower ?? '') && NOT.has(parts[at + 1]?.lower ?? '')
    if (part.lower === 'do' && isLinked) return put('not', 'to')
    return NOT.has(part.lower) && parts[at - 1]?.lower === 'do' && LINKS.has(parts[at - 2]?.lower ?? '')
      ? []
      : [part]
  })
}
const LINKS = new Set(['and', 'but', 'or', ',', ';'])
const NOT = new Set(['not', "n't"])

const QUANTIFIERS = new Set(['all', 'both', 'just', 'maybe'])

export const suggests: Tell = (rest, who) => {
  const [first, ...objects] = withoutPlease(rest).filter(({ lower }, at) => at > 0 || !QUANTIFIERS.has(lower))
  if (first === undefined) return null
  const form = first.lower.endsWith('ing') ? first.lower : presentParticiple(first.lemma)
  return [...put('suggests', form), ...toThirdPerson(objects, who)]
}

/** "Would you mind opening it" → "asks B to open it"; where the tagger knows no verb behind it, "asks if B minds opening it". */
export const asksDoing: Tell = (parts, who) => {
  const [first, ...rest] = parts
  if (first === undefined) return null
  if (first.lemma !== first.lower) {
    return [...put('asks', who.addressee, 'to', first.lemma), ...toThirdPerson(rest, who)]
  }
  const minds = who.isAddresseePlural ? 'mind' : 'minds'
  return [...put('asks', 'if', who.addressee, minds), ...toThirdPerson(parts, who)]
}

export const thanks: Tell = (rest, who) => [
  ...put('thanks', who.addressee),
  ...(rest[0]?.lower === 'for' ? toThirdPerson(rest, who) : []),
]

/** "Could you tell me where it is" → "asks A where it is". */
export const asksWhat: Tell = (rest, who, word) => [
  ...put('asks', who.addressee, word),
  ...toThirdPerson(rest, who),
]

/** "Could you tell me your name" → "asks A for A's name". */
export const asksForIt: Tell = (rest, who, word) => [
  ...put('asks', who.addressee, 'for'),
  ...toThirdPerson([{ ...(put(word)[0] as Part), pos: 'PRON' }, ...rest], who),
]

/** "Can I have a map" → "asks B for a map"; "Can I get there by bus" → "asks B if A can get there by bus". */
export const asksForSome: Tell = (rest, who, verb) =>
  THINGS.has(rest[0]?.pos ?? '')
    ? does('asks', 'A', 'for')(rest, who, verb)
    : asksIf(`can ${verb}`)(rest, who, verb)
const THINGS = new Set(['DET', 'NUM', 'NOUN', 'PROPN', 'ADJ', 'PRON'])

/** "Can I see it" → "asks A if S can see it". */
export const asksIf =
  (modal: string): Tell =>
  (rest, who) => [
    ...put('asks', who.addressee, 'if', who.speaker, modal),
    ...toThirdPerson(withoutPlease(rest), who),
  ]

/** "Can you see him" → "asks A if A can see him": nobody is asked to see. */
export const asksIfAble: Tell = (rest, who, verb) => [
  ...put('asks', who.addressee, 'if', who.addressee, 'can', verb),
  ...toThirdPerson(rest, who),
]

/** "How about going" → "suggests going", "What about Monday" → "asks A about Monday". */
export const suggestsOrAsks: Tell = (rest, who, word) =>
  does(
    ...(rest[0]?.lower.endsWith('ing') || SOME.has(rest[0]?.lower ?? '')
      ? ['suggests']
      : ['asks', 'A', 'about']),
  )(rest, who, word)
const SOME = new Set(['a', 'an', 'some', 'another'])

/** "Would you mind if I opened it" → "asks B if A may open it". */
export const mayDo: Tell = ([first, ...rest], who) =>
  first === undefined
    ? null
    : [...put('asks', who.addressee, 'if', who.speaker, 'may', first.lemma), ...toThirdPerson(rest, who)]

/** "Let him sit" → "tells A to let him sit". */
export const letsDo: Tell = (rest, who, whom) => [
  ...put('tells', who.addressee, 'to', 'let', whom),
  ...toThirdPerson(rest, who),
]

/** Greetings and farewells. */
export const nothing: Tell = () => null
