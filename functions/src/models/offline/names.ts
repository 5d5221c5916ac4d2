import { readEnglish } from './language.ts'
import type { Sentence, Transcript } from './transcript.ts'

/** What somebody is called in a conversation, and the message that calls them so. */
export interface CalledName {
  readonly name: string
  readonly message_id: string
}

/** `user_1`, an identifier: it stands for somebody, and names nobody. */
const STAND_IN = /\d/

/** These words, also with a capital where they begin a sentence; `_` is a blank. */
const anyOf = (words: string): string =>
  `(?:${words
    .split(/\s+/)
    .map((word) => `[${word.charAt(0)}${word.charAt(0).toUpperCase()}]${word.slice(1)}`)
    .join('|')
    .replaceAll('_', ' ')})`

const TITLE = anyOf('mr mrs ms miss mister dr doctor prof professor')
const NAME = `(?<name>(?:${TITLE}\\.? )?\\p{Lu}\\p{Ll}+(?: \\p{Lu}\\p{Ll}+)?)`
const GREETING = anyOf('hi hello hey welcome bye goodbye good_morning good_afternoon good_evening good_night')
const OPENER = anyOf('oh ah well ok okay yes no sure sorry thanks thank_you say so now')
/** It asks, thanks or tells to do something: it is said to somebody, where "my dog, Rusty" only names. */
const TO_SOMEBODY = `(?=.*(?:\\?|\\b${anyOf('you your yours thanks thank please')}\\b)|${anyOf("do don't try stop let's come look take wait go bye")}\\b)`

/** What tells how somebody is called. Nobody greets who is not there; so a greeting tells more than a name beside a comma. */
const SIGNS: readonly { pattern: RegExp; weight: number; isOwn?: true; isFirst?: true }[] = [
  { pattern: new RegExp(`^(?:${OPENER}[,!.]? )?${GREETING}[,!.]? ${NAME}\\s*(?:[,!.?]|$)`, 'u'), weight: 3 },
  {
    pattern: new RegExp(`^${TO_SOMEBODY}(?:${OPENER}[,!.]? )?${NAME}, \\S+ `, 'u'),
    weight: 2,
    isFirst: true,
  },
  // "to Paris, France" has a name before its comma too.
  { pattern: new RegExp(`^${TO_SOMEBODY}.*(?<!\\p{Lu}[\\p{L}.]*), ${NAME}\\s*[.!?]*$`, 'u'), weight: 2 },
  {
    pattern: new RegExp(
      `\\b${anyOf("my_name_is my_name's this_is")} ${NAME}(?=\\s*(?:$|[.,!]| (?:speaking|calling|here|from|with|at)\\b))`,
      'u',
    ),
    weight: 3,
    isOwn: true,
  },
]

/** With a capital like a name, and none, or the name of anybody. */
const NO_NAMES = new Set(
  `mom mum dad mother father uncle aunt grandma grandpa honey dear darling sweetie sir madam ma'am man guys boy girl everyone
  everybody god goodness jesus christ doctor professor officer waiter mr mrs ms miss speaking welcome people folks boys www umm um uhm em uh hmm
  monday tuesday wednesday thursday friday saturday sunday great good`.split(/\s+/),
)

interface Call extends CalledName {
  readonly whom: string
  readonly weight: number
}

/**
 * The conversation with both who speak called as they call each other, where they are known by stand-ins only; and the names.
 * Only where a name is plain: two people, one name each, and not the same.
 */
export function callByNames(transcript: Transcript): {
  transcript: Transcript
  names: readonly CalledName[]
} {
  const { messages, sentences } = transcript
  const called = readNames(transcript)
  if (called.size === 0) return { transcript, names: [] }
  const nameOf = (speaker: string): string => called.get(speaker)?.name ?? speaker
  const named = new Map(
    messages.map((message) => [message, { ...message, speaker: nameOf(message.speaker) }]),
  )
  return {
    transcript: {
      ...transcript,
      messages: [...named.values()],
      sentences: sentences.map((sentence) => ({
        ...sentence,
        message: named.get(sentence.message) ?? sentence.message,
        addressee: sentence.addressee === null ? null : nameOf(sentence.addressee),
      })),
    },
    names: [...called.values()],
  }
}

function readNames({ messages, sentences }: Transcript): ReadonlyMap<string, CalledName> {
  const names = new Map<string, CalledName>()
  const speakers = [...new Set(messages.map(({ speaker }) => speaker))]
  if (speakers.length !== 2 || !speakers.some((speaker) => STAND_IN.test(speaker))) return names
  const calls = sentences.flatMap((sentence) => callsIn(sentence))
  for (const speaker of speakers.filter((each) => STAND_IN.test(each))) {
    const name = mostlyCalled(calls.filter(({ whom }) => whom === speaker))
    if (name !== undefined && !speakers.includes(name.name)) names.set(speaker, name)
  }
  const [first, second] = [...names.values()]
  return first !== undefined && first.name === second?.name ? new Map<string, CalledName>() : names
}

function callsIn({ message, text, tokens, addressee }: Sentence): Call[] {
  return SIGNS.flatMap(({ pattern, weight, isOwn, isFirst }) => {
    const name = pattern.exec(text)?.groups?.['name']
    const whom = isOwn === true ? message.speaker : addressee
    if (name === undefined || whom === null) return []
    const words = name.split(' ')
    const last = words.at(-1)?.toLowerCase() ?? ''
    const isName =
      !NO_NAMES.has(last) &&
      (isFirst !== true || isNoun(last)) &&
      words.every((word) =>
        tokens.some(({ text: said, pos }) => pos === 'PROPN' && (said === word || `${said}.` === word)),
      )
    return isName ? [{ name, message_id: message.message_id, whom, weight }] : []
  })
}

/** A capital at the start of a sentence proves nothing: "Fine, what size?" Names that the tagger does not know are nouns to it. */
const isNoun = (word: string): boolean => ['NOUN', 'PROPN'].includes(readEnglish(word)[0]?.[0]?.pos ?? '')

/** By whatever tells most; nothing where two names are as likely. "Faber" and "Mr. Faber" are one. */
function mostlyCalled(calls: readonly Call[]): CalledName | undefined {
  const found: { name: string; message_id: string; weight: number }[] = []
  for (const { name, message_id, weight } of calls) {
    const same = found.find((each) => each.name.includes(name) || name.includes(each.name))
    if (same === undefined) found.push({ name, message_id, weight })
    else same.weight += weight
  }
  const [first, second] = found.toSorted((a, b) => b.weight - a.weight)
  return first === undefined || first.weight === second?.weight ? undefined : first
}
