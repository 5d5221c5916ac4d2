import type { Part, Who } from './clause.ts'
import { BEFORE_COMMAND, isBase, isImperative } from './commands.ts'
import {
  asksDoing,
  asksForIt,
  asksForSome,
  asksIf,
  asksIfAble,
  asksWhat,
  does,
  letsDo,
  mayDo,
  nothing,
  suggests,
  suggestsOrAsks,
  thanks,
  type Tell,
} from './tellers.ts'

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
  ['would|do you mind telling me how|where|what|when|why|who|if|whether|which', asksWhat],
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
  ['can|could|may i|we get you', does('offers', 'A')],
  ['can|could|may|might i|we please? have|get|take|borrow', asksForSome],
  ['can|could|may|might i please? @verb', asksIf('can')],
  ['what|how about', suggestsOrAsks],
  ["why do n't we", suggests],
  ["why do n't you", does('suggests', 'that', 'A')],
  ['why not', suggests],
  ['shall we', suggests],
  ["let 's|us", suggests],
  ['let me just? @verb', does('will')],
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
