import { type Part, put, toThirdPerson, type Who } from './clause.ts'
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

const suggests: Tell = (rest, who) => {
  const [first, ...objects] = withoutPlease(rest)
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

/** "Can I see it" → "asks A if S can see it". */
const asksIf =
  (modal: string): Tell =>
  (rest, who) => [
    ...put('asks', who.addressee, 'if', who.speaker, modal),
    ...toThirdPerson(withoutPlease(rest), who),
  ]

/** "Would you mind if I opened it" → "asks B if A may open it". */
const mayDo: Tell = ([first, ...rest], who) =>
  first === undefined
    ? null
    : [...put('asks', who.addressee, 'if', who.speaker, 'may', first.lemma), ...toThirdPerson(rest, who)]

/** Greetings and farewells. */
const nothing: Tell = () => null

/**
 * What a sentence begins with and what its speaker does by it: `|` between alternatives, `word?` for one that may be
 * missing, `@verb` for a verb's base form that stays in the rest. The first that fits holds.
 */
const ACTS: readonly (readonly [pattern: string, tell: Tell])[] = [
  ['can|could|will|would you please? tell me how|where|what|when|why|who|if|whether|which', asksWhat],
  ['can|could|will|would you please? tell me something|anything|more about', does('asks', 'A', 'about')],
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
  ['bye|goodbye', nothing],
  ['what|how can|may i do for you', does('asks', 'what', 'A', 'needs')],
  ['can|may|could i help you', does('offers', 'to', 'help', 'A')],
  ['can|could|will|would you please? @verb', does('asks', 'A', 'to')],
  ['can|could|may|might i|we please? have|get|take|borrow', does('asks', 'A', 'for')],
  ['can|could|may|might i please? @verb', asksIf('can')],
  ['what|how about', does('suggests')],
  ["why do n't we", suggests],
  ["why do n't you", does('suggests', 'that', 'A')],
  ['why not', suggests],
  ['shall we', suggests],
  ["let 's|us", suggests],
  ['thank|thanks you? very|so? much? a? lot?', thanks],
  ["i would|'d really? like|love you to", does('wants', 'A', 'to')],
  ["i would|'d really? like|love", does('wants')],
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
  for (const { slots, tell } of BY_FIRST.get(parts[0]?.lower ?? '') ?? []) {
    const length = match(slots, parts)
    if (length !== undefined)
      return tell(
        length === 0 ? uncapitalized(parts) : parts.slice(length),
        who,
        parts[length - 1]?.lower ?? '',
      )
  }
  const command = BEFORE_COMMAND.has(parts[0]?.lower ?? '') ? parts.slice(1) : parts
  return isImperative(command) ? does('tells', 'A', 'to')(uncapitalized(command), who, '') : undefined
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

const isBase = ({ pos, lower, lemma }: Part): boolean =>
  COMMANDS.has(lower) || (lower === lemma && (pos === 'VERB' || pos === 'AUX'))

/** The tagger takes these at the start of an answer for verbs. */
const NO_COMMANDS = new Set(
  'thank thanks sound look let see guess mean bet hope wish think suppose sure like have know do be may can welcome need want seem'.split(
    ' ',
  ),
)

const BEFORE_COMMAND = new Set(['just', 'simply', 'also', 'first'])
const FOLLOWS_COMMAND = new Set(['DET', 'PRON', 'ADP'])
/** The tagger takes many of them for names or nouns where they begin a sentence. */
const COMMANDS = new Set(
  `turn go stay keep stop wait come call take tell move stand hold press push pull open close send bring give check put leave get
  use try remember follow hurry run breathe sit lie make pick drop show ask start switch cover remove lift evacuate grab apply
  continue write read fill sign contact report avoid clean lock shut raise lower listen add order clear talk`.split(
    /\s+/,
  ),
)

/** "Try to stand" is a command, where "Order to go" is none. */
const BEFORE_TO = new Set(['try', 'remember', 'continue', 'start', 'listen', 'talk', 'move', 'go', 'get'])

function isImperative(parts: readonly Part[]): boolean {
  const [first, second] = parts
  if (first === undefined || second === undefined || second.pos === 'AUX') return false
  if (second.lower === 'to' && !BEFORE_TO.has(first.lower)) return false
  if (second.pos === 'PUNCT' || NO_COMMANDS.has(first.lower)) return false
  if (COMMANDS.has(first.lower)) return second.lower !== 'of'
  if (first.lower === 'be') return second.pos === 'ADJ'
  return isBase(first) && first.pos === 'VERB' && FOLLOWS_COMMAND.has(second.pos)
}
