import type { Urgency } from '../calls/schema.ts'
import * as context from './context.ts'
import { createSpelling } from './correct-spelling.ts'
import { IDIOMS } from './idioms.ts'
import { LISTS, type Meaning, type Topic } from './lexicon.ts'
import { ENGLISH_HARM } from './lexicon-english-harm.ts'
import { ENGLISH_DANGER } from './lexicon-english-danger.ts'
import { OTHER_LANGUAGES } from './lexicon-languages.ts'
import { BREAKS, type Found, type Phrases, compilePhrases, findPhrases, wordsOf } from './phrase.ts'
import { type Word, readWords } from './read-words.ts'

/** A place in a message that speaks of an emergency. `start` and `end` (exclusive) are UTF-16 offsets into it. */
export interface Cue {
  readonly text: string
  readonly start: number
  readonly end: number
  readonly urgency: Urgency
}

export interface UrgencyFloor {
  /** The least urgency that the words allow; null: they say nothing of it. */
  readonly floor: Urgency | null
  /** What it rests on, most urgent first. */
  readonly cues: readonly Cue[]
}

/** Beyond these the rest only repeats. */
const MAX_CUES = 8
const CUE_MAX_LENGTH = 120
/** Longer messages are no worker's (the rules hold them to less), and are read to here. */
const TEXT_MAX_LENGTH = 8_000

const RANK: Readonly<Record<Urgency, number>> = { CRITICAL: 3, HIGH: 2, MEDIUM: 1, LOW: 0 }

/** Whether `a` is more urgent than `b`. */
export const isMoreUrgent = (a: Urgency, b: Urgency): boolean => RANK[a] > RANK[b]

const CUES = compilePhrases([...ENGLISH_HARM, ...ENGLISH_DANGER, ...OTHER_LANGUAGES], LISTS)
const spell = createSpelling(wordsOf(CUES, context.RESOLUTIONS, IDIOMS, context.DRILLS))

type Match = Found<Meaning>

/**
 * How urgent a worker's message is at least, by its words alone. The same words always give the same answer; nothing
 * is learnt and nobody is asked. What is plainly denied or told of the past does not count; what is plainly over, practised or
 * asked in general counts less. Wherever that is not plain the words count in full: too urgent costs a look, not urgent
 * enough may cost a life. For that reason quotations count too: workers quote whom they stand beside.
 */
export function urgencyFloor(text: string): UrgencyFloor {
  const { words: written, questions } = readWords(text.slice(0, TEXT_MAX_LENGTH))
  const words = written.map(spell)
  const matches = findPhrases(words, CUES)
  const finding = { words, questions, matches }
  const judge = createJudge(finding)
  const cues: Cue[] = []
  for (const match of [...matches, ...overs(finding)]) {
    const urgency = judge(match)
    const first = words[match.first]
    const last = words[match.last]
    if (urgency === null || first === undefined || last === undefined) continue
    const { start } = first
    const end = Math.min(last.end, start + CUE_MAX_LENGTH)
    cues.push({ text: text.slice(start, end), start, end, urgency })
  }
  const kept = withoutOverlaps(cues)
  return { floor: kept[0]?.urgency ?? null, cues: kept.slice(0, MAX_CUES) }
}

interface Finding {
  readonly words: readonly Word[]
  readonly questions: ReadonlySet<number>
  readonly matches: readonly Match[]
}

/** That something is over says that it was there: somebody has to look, and nobody to run. */
const overs = ({ words }: Finding): Match[] =>
  findPhrases(words, context.RESOLUTIONS)
    .filter(({ meaning, last }) => meaning === 'fire' || (meaning !== 'any' && words[last]?.text === 'again'))
    .map((found) => ({ ...found, meaning: { topic: 'general', urgency: 'MEDIUM' } }))

/** How urgent a match is where it stands; null: not at all. */
function createJudge({ words, questions, matches }: Finding): (match: Match) => Urgency | null {
  if (matches.length === 0) return ({ meaning }) => meaning.urgency
  const find = <T>(phrases: Phrases<T>): Found<T>[] => findPhrases(words, phrases)
  const idioms = find(IDIOMS)
  const general = find(context.IN_GENERAL)
  const history = find(context.HISTORY)
  // "This is a test" and no more: "this is a test site" is a place.
  const isDrill =
    find(context.DRILLS).some(({ last }) => words[last + 1]?.clause !== words[last]?.clause) &&
    find(context.REAL).length === 0
  const hasSetback = find(context.SETBACKS).length > 0
  /** Where it was last said that this is over. */
  const over = new Map<Topic | 'any', number>()
  for (const found of hasSetback ? [] : find(context.RESOLUTIONS)) {
    if (isPlain(words, questions, found)) over.set(found.meaning, found.last)
  }
  // Only what was said before is over.
  const isOver = (first: number, topic: Topic): boolean =>
    (over.get(topic) ?? -1) > first || (over.get('any') ?? -1) > first
  const has = (list: ReadonlySet<string>, among: (word: Word) => boolean): boolean =>
    words.some((word) => among(word) && list.has(word.text))
  const sameSentence = (found: Found<unknown>, match: Match): boolean =>
    words[found.first]?.sentence === words[match.first]?.sentence

  return (match) => {
    const { first } = match
    const { topic, urgency } = match.meaning
    const [word] = words.slice(first, first + 1)
    if (idioms.some((idiom) => masks(idiom, match))) return null
    if (isDenied(words, match)) return null
    const inClause = ({ clause }: Word): boolean => clause === word?.clause
    const inSentence = ({ sentence }: Word): boolean => sentence === word?.sentence
    const isPast = history.some((found) => words[found.first]?.clause === word?.clause)
    if (isPast && !has(NOW, inClause)) return null
    if (isDrill || isOver(first, topic)) return least(urgency, 'MEDIUM')
    const isGeneral = general.some((found) => sameSentence(found, match)) && !has(context.PRESENT, inSentence)
    return isGeneral ? STEP_DOWN[urgency] : urgency
  }
}

const NOW = new Set(['now', 'again', 'still', 'today', 'currently', 'since', 'ahora', 'abhi', 'अभी', 'الان'])
const STEP_DOWN: Readonly<Record<Urgency, Urgency | null>> = {
  CRITICAL: 'HIGH',
  HIGH: 'MEDIUM',
  MEDIUM: null,
  LOW: null,
}
const least = (a: Urgency, b: Urgency): Urgency => (isMoreUrgent(a, b) ? b : a)

/** The match lies within the idiom, or the idiom gives its end another sense: "dying" in "I am dying to see it". */
const masks = (idiom: Found<unknown>, { first, last }: Match): boolean =>
  idiom.last >= last && (idiom.first <= first || (idiom.first <= last && idiom.last > last))

/** Nothing beside it casts doubt on what is said to be over, and it is not asked. */
function isPlain(
  words: readonly Word[],
  questions: ReadonlySet<number>,
  { first, last }: Found<unknown>,
): boolean {
  const start = words[first]
  if (start === undefined || questions.has(start.sentence)) return false
  if (words[last]?.text === 'out' && ['of', 'there'].includes(words[last + 1]?.text ?? '')) return false
  let from = first
  while (words[from - 1]?.clause === start.clause && !BREAKS.has(words[from - 1]?.text ?? '')) from -= 1
  let to = last
  while (words[to + 1]?.clause === start.clause && !BREAKS.has(words[to + 1]?.text ?? '')) to += 1
  return !words.slice(from, to + 1).some(({ text }) => context.DOUBTS.has(text))
}

/** Denied by a word before it, or in Hindi behind it, with nothing in between that could turn the sense. */
function isDenied(words: readonly Word[], { first, last }: Match): boolean {
  const clause = words[first]?.clause
  for (let at = first - 1; at >= 0 && at >= first - 5; at -= 1) {
    const word = words[at]
    if (word === undefined || word.clause !== clause) break
    if (context.NEGATORS.has(word.text)) {
      const isAnswer = word.text === 'no' && context.ANSWERS.has(words[at + 1]?.text ?? '')
      return !isAnswer
    }
    if (!context.AFTER_NEGATOR.has(word.text)) break
  }
  for (let at = last + 1; at <= last + 3; at += 1) {
    const word = words[at]
    if (word === undefined || word.clause !== clause) break
    if (context.NEGATORS_BEHIND.has(word.text)) return true
    if (!context.BEFORE_NEGATOR_BEHIND.has(word.text)) break
  }
  return false
}

/** Most urgent first, then the longer, then the earlier; of two that share words the first of these. */
function withoutOverlaps(cues: readonly Cue[]): Cue[] {
  const kept: Cue[] = []
  const ordered = cues.toSorted(
    (a, b) => RANK[b.urgency] - RANK[a.urgency] || b.end - b.start - (a.end - a.start) || a.start - b.start,
  )
  for (const cue of ordered) {
    // Each further one beyond these can only repeat, and costs a look at all before.
    if (kept.length >= MAX_CUES) break
    if (!kept.some(({ start, end }) => cue.start < end && start < cue.end)) kept.push(cue)
  }
  return kept
}
