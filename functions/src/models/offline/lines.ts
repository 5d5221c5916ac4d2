import type { CalledName } from './names.ts'
import { confirmed, readReplies, tellReply } from './replies.ts'
import { finish, inWords, tellParts, type Told } from './retell.ts'
import type { Sentence, Transcript } from './transcript.ts'
import { whoSpeaks } from './who-speaks.ts'

export interface SummaryLine {
  text: string
  /** Ids of the messages that the line comes from. */
  evidence: readonly string[]
}

/** A sentence as it is told, with the reply to it. */
export interface ToldSentence {
  readonly sentence: Sentence
  readonly told: Told
  /** ", and Bob agrees"; empty without one. */
  readonly reply: string
  readonly text: string
  readonly evidence: readonly string[]
}

/**
 * Tells the sentences of a conversation; null where a sentence has nothing to tell. Each is told once, however often it is
 * asked for. The messages by which `names` are known are evidence of what is told with them. With `statesAnswers` a question
 * that is answered by a yes is told as what it asked: "Bob has finished", not "Ann asks if Bob has finished, and Bob says yes".
 */
export function createTeller(
  transcript: Transcript,
  { names, statesAnswers }: { names: readonly CalledName[]; statesAnswers: boolean },
): (sentence: Sentence) => ToldSentence | null {
  const replies = readReplies(transcript.sentences)
  const known = new Map<Sentence, ToldSentence | null>()
  const tell = (sentence: Sentence): ToldSentence | null => {
    const asked = tellParts(sentence, whoSpeaks(sentence, transcript))
    if (asked === null) return null
    const given = replies.get(sentence)
    const stated = given === undefined || !statesAnswers ? undefined : confirmed(asked, given)
    const told = stated ?? asked
    const reply = given === undefined || stated !== undefined ? '' : tellReply(told, given)
    const text = finish(`${withoutStop(told)}${reply}`)
    const evidence = [
      sentence.message.message_id,
      ...(given === undefined || (reply === '' && stated === undefined) ? [] : [given.message_id]),
      ...names.filter(({ name }) => text.includes(name)).map(({ message_id }) => message_id),
    ]
    return { sentence, told, reply, text, evidence }
  }
  return (sentence) => {
    let told = known.get(sentence)
    if (told === undefined) {
      told = tell(sentence)
      known.set(sentence, told)
    }
    return told
  }
}

/** A line of more sentences is hard to read. */
const SENTENCES_MAX = 2

/**
 * Tells what the same person says in turns that follow each other in one line: "Ann has lost the key and asks Bob to come."
 * `turnsApart`: so many turns may lie between both, the other's answer being one.
 */
export function tellTogether(all: readonly ToldSentence[], turnsApart: number): SummaryLine[] {
  const lines: ToldSentence[][] = []
  for (const each of all) {
    const line = lines.at(-1)
    if (line !== undefined && belongsTo(line, each, turnsApart)) line.push(each)
    else lines.push([each])
  }
  return lines.map((line) => ({
    text: finish(line.map((each, at) => continued(each, line[at - 1])).join('')),
    evidence: [...new Set(line.flatMap(({ evidence }) => evidence))],
  }))
}

function belongsTo(line: readonly ToldSentence[], next: ToldSentence, turnsApart: number): boolean {
  const last = line.at(-1)
  return (
    last !== undefined &&
    line.length < SENTENCES_MAX &&
    last.reply === '' &&
    !last.told.rest.endsWith('…') &&
    last.told.speaker === next.told.speaker &&
    next.sentence.turn - last.sentence.turn <= turnsApart
  )
}

const withoutStop = (told: Told): string => inWords(told).replace(/\.$/, '')

function continued({ told, reply }: ToldSentence, before: ToldSentence | undefined): string {
  const { speaker, act, rest } = told
  if (before === undefined) return `${withoutStop(told)}${reply}`
  const isClause = act.startsWith('tells ') && !/^(?:to|not to|that)\b/.test(rest)
  if (act !== '' && act === before.told.act) return ` and ${isClause ? 'that ' : ''}${rest}${reply}`
  // Behind a clause of another subject it must be plain again who does it.
  if (act === '' && before.told.act !== '') return `, and ${speaker} ${rest}${reply}`
  return ` and ${act === '' ? '' : `${act} `}${rest}${reply}`
}
