import { type Part, put, toThirdPerson, type Who } from './clause.ts'
import { BEFORE_COMMAND, isBase, isImperative } from './commands.ts'
import { presentParticiple } from './inflect.ts'

/** What somebody does by saying `rest`, which follows the words of the pattern, `lastWord` the last of them; null: nothing worth telling. */
type Tell = (rest: readonly Part[], who: Who, lastWord: string) => Part[] | null

const withoutPlease = (parts: readonly Part[]): readonly Part[] =>
  parts.filter(({ lower }) => lower !== 'please')

/** The speaker does `act` (`A` stands for the addressee), and the rest follows in the third person. */
const does =
  (...act: string[]): Tell =>
  (rest, who) => [
    ...put(...act.map((word) => (word === 'A' ? who.addressee : word))),
    ...toThirdPerson(withoutPlease(rest), who),
  ]

const QUANTIFIERS = new Set(['all', 'both', 'just', 'maybe'])

const suggests: Tell = (rest, who) => {
  const [first, ...objects] = withoutPlease(rest).filter(({ lower }, at) => at > 0 || !QUANTIFIERS.has(lower))
  if (first === undefined) return null
  const form = first.lower.endsWith('ing') ? first.lower : presentParticiple(first.lemma)
  return [...put('suggests', form), ...toThirdPerson(objects, who)]
}

/** "Would you mind opening it" → "asks B to open it"; where the tagger knows no verb behind it, "asks if B minds opening it". */
const asksDoing: Tell = (parts, who) => {
  const [first, ...rest] = parts
  if (first === undefined) return null
  if (first.lemma !== first.lower) {
    return [...put('asks', who.addressee, 'to', first.lemma), ...toThirdPerson(rest, who)]
  }
  const minds = who.isAddresseePlural ? 'mind' : 'minds'
  return [...put('asks', 'if', who.addressee, minds), ...toThirdPerson(parts, who)]
}

const thanks: Tell = (rest, who) => [
  ...put('thanks', who.addressee),
  ...(rest[0]?.lower === 'for' ? toThirdPerson(rest, who) : []),
]

/** "Could you tell me where it is" → "asks A where it is". */
const asksWhat: Tell = (rest, who, word) => [...put('asks', who.addressee, word), ...toThirdPerson(rest, who)]

/** "Could you tell me your name" → "asks A for A's name". */
const asksForIt: Tell = (rest, who, word) => [
  ...put('asks', who.addressee, 'for'),
  ...toThirdPerson([{ ...(put(word)[0] as Part), pos: 'PRON' }, ...rest], who),
]

/** "Can I see it" → "asks A if S can see it". */
const asksIf =
  (modal: string): Tell =>
  (rest, who) => [
    ...put('asks', who.addressee, 'if', who.speaker, modal),
    ...toThirdPerson(withoutPlease(rest), who),
  ]

/** "Can you see him" → "asks A if A can see him": nobody is asked to see. */
const asksIfAble: Tell = (rest, who, verb) => [
  ...put('asks', who.addressee, 'if', who.addressee, 'can', verb),
  ...toThirdPerson(rest, who),
]

/** "How about going" → "suggests going", "What about Monday" → "asks A about Monday". */
const suggestsOrAsks: Tell = (rest, who, word) =>
  does(
    ...(rest[0]?.lower.endsWith('ing') || SOME.has(rest[0]?.lower ?? '')
      ? ['suggests']
      : ['asks', 'A', 'about']),
  )(rest, who, word)
const SOME = new Set(['a', 'an', 'some', 'another'])

/** "Would you mind if I opened it" → "asks B if A may open it". */
const mayDo: Tell = ([first, ...rest], who) =>
  first === undefined
    ? null
    : [...put('asks', who.addressee, 'if', who.speaker, 'may', first.lemma), ...toThirdPerson(rest, who)]

/** "Let him sit" → "tells A to let him sit". */
const letsDo: Tell = (rest, who, whom) => [
  ...put('tells', who.addressee, 'to', 'let', whom),
  ...toThirdPerson(rest, who),
]

/** Greetings and farewells. */
const nothing: Tell = () => null

/**
 * What a sentence begins with and what its speaker does by it: `|` between alternatives, `word?` for one that may be
 * missing, `@verb` for a verb's base form that stays in the rest. The first that fits holds.
 */
const ACTS: readonly (readonly [pattern: string, tell: Tell])[] = [
  ['can|could|will|would you please? tell me how|where|what|when|why|who|if|whether|which', asksWhat],
  ['can|could|will|would you please? tell me something|anything|more about', does('asks', 'A', 'about')],
  ['can|could|will|would you please? tell me the|your|his|her', asksForIt],
  ['please? tell me something|anything|more? about', does('asks', 'A', 'about')],
  ['do|would you know how|where|what|when|why|who|if|whether|which', asksWhat],
  ['would|do you mind if i', mayDo],
  ['would|do you mind', asksDoing],
  ['would you like|love|care to', does('invites', 'A', 'to')],
  ['would you like|care for?', does('offers', 'A')],
  ["what is|'s the? matter|wrong", does('asks', 'A', 'what', 'is', 'wrong')],
  ['nice|pleased|glad|good|great to meet|see you', nothing],
  ['how do you do', nothing],
  ['have a nice|good|great', nothing],
  ['see you', nothing],
  ["you 're|are very? welcome", nothing],
  ["it 's|is|was a|my pleasure", nothing],
  ["it 's|is|was nice|good|great talking|meeting|seeing", nothing],
  ['bye|goodbye', nothing],
  ['what|how can|may i do for you', does('asks', 'what', 'A', 'needs')],
  ['can|may|could i help you', does('offers', 'to', 'help', 'A')],
  ['can you see|hear|feel|smell|breathe|swallow|move|walk|stand|speak|talk|reach', asksIfAble],
  ['can|could|will|would you please? @verb', does('asks', 'A', 'to')],
  ['can|could|may|might i|we please? have|get|take|borrow', does('asks', 'A', 'for')],
  ['can|could|may|might i please? @verb', asksIf('can')],
  ['what|how about', suggestsOrAsks],
  ["why do n't we", suggests],
  ["why do n't you", does('suggests', 'that', 'A')],
  ['why not', suggests],
  ['shall we', suggests],
  ["let 's|us", suggests],
  ['let me @verb', does('will')],
  ['let him|her|them|it @verb', letsDo],
  ['thank|thanks you? very|so? much? a? lot?', thanks],
  ["i would|'d really? like|love you to", does('wants', 'A', 'to')],
  ["i would|'d really|also? like|love", does('wants')],
  ['i was|am wondering if you could|can|would', does('asks', 'A', 'to')],
  ['i need|want you to', does('asks', 'A', 'to')],
  ["maybe|perhaps? you should|'d|had better? not", does('advises', 'A', 'not', 'to')],
  ["maybe|perhaps? you should|'d|had better? @verb", does('advises', 'A', 'to')],
  ['you need|have|ought to', does('tells', 'A', 'to')],
  ['you must @verb', does('tells', 'A', 'to')],
  ['i suggest|recommend', does('suggests')],
  ['i advise you to', does('advises', 'A', 'to')],
  ["if i were|was you , i would|'d", does('advises', 'A', 'to')],
  ["please? do n't|not @verb", does('tells', 'A', 'not', 'to')],
  ['please @verb', does('asks', 'A', 'to')],
]

interface Slot {
  words: ReadonlySet<string>
  isOptional: boolean
}

const uncapitalized = ([first, ...rest]: readonly Part[]): Part[] =>
  first === undefined ? [] : [{ ...first, text: first.lower, isSpaced: true }, ...rest]

const COMPILED = ACTS.map(([pattern, tell]) => ({
  slots: pattern.split(' ').map((slot): Slot => ({
    words: new Set(slot.replace('?', '').split('|')),
    isOptional: slot.endsWith('?'),
  })),
  tell,
}))
/** By the words that a sentence may begin with, so that few patterns are looked at. */
const BY_FIRST = new Map<string, (typeof COMPILED)[number][]>()
for (const act of COMPILED) {
  for (const { words, isOptional } of act.slots) {
    for (const word of words) BY_FIRST.set(word, [...(BY_FIRST.get(word) ?? []), act])
    if (!isOptional) break
  }
}

/** Tells a sentence as what its speaker does by it ("asks B to wait"); undefined when no pattern fits. */
export function tellSpeechAct(parts: readonly Part[], who: Who): Part[] | null | undefined {
  const act = tellPattern(parts, who)
  if (act !== undefined) return act
  const command = BEFORE_COMMAND.has(parts[0]?.lower ?? '') ? parts.slice(1) : parts
  return isImperative(command) ? does('tells', 'A', 'to')(uncapitalized(command), who, '') : undefined
}

/** The same by the words it begins with alone: what looks like a command within a sentence may be a noun. */
export function tellPattern(parts: readonly Part[], who: Who): Part[] | null | undefined {
  for (const { slots, tell } of BY_FIRST.get(parts[0]?.lower ?? '') ?? []) {
    const length = match(slots, parts)
    if (length !== undefined)
      return tell(
        length === 0 ? uncapitalized(parts) : parts.slice(length),
        who,
        parts[length - 1]?.lower ?? '',
      )
  }
  return undefined
}

function match(slots: readonly Slot[], parts: readonly Part[]): number | undefined {
  let at = 0
  for (const { words, isOptional } of slots) {
    const part = parts[at]
    if (words.has('@verb')) return part !== undefined && isBase(part) ? at : undefined
    if (part !== undefined && words.has(part.lower)) at += 1
    else if (!isOptional) return undefined
  }
  return at
}
