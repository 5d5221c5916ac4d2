import type { Part } from './clause.ts'

/** A verb in the form in which it commands. */
export const isBase = ({ pos, lower, lemma }: Part): boolean =>
  COMMANDS.has(lower) || (lower === lemma && (pos === 'VERB' || pos === 'AUX'))

/** The tagger takes these at the start of an answer for verbs. */
const NO_COMMANDS = new Set(
  'thank thanks sound look let see guess mean bet hope wish think suppose sure like have know do be may can welcome need want seem'.split(
    ' ',
  ),
)

export const BEFORE_COMMAND = new Set(['just', 'simply', 'also', 'first'])
const FOLLOWS_COMMAND = new Set(['DET', 'PRON', 'ADP'])
/** The tagger takes many of them for names or nouns where they begin a sentence. */
const COMMANDS = new Set(
  `turn go stay keep stop wait come call take tell move stand hold press push pull open close send bring give check put leave get
  use try remember follow hurry run breathe sit lie make pick drop show ask start switch cover remove lift evacuate grab apply
  continue write read fill sign contact report avoid clean lock shut raise lower listen add order clear talk
  rinse wash cool flush elevate loosen rest roll tilt wrap hide crawl unlock`.split(/\s+/),
)

/** "Try to stand" is a command, where "Order to go" is none. */
const BEFORE_TO = new Set(['try', 'remember', 'continue', 'start', 'listen', 'talk', 'move', 'go', 'get'])

/** Whether it tells somebody to do something, by a verb at its start. */
export function isImperative(parts: readonly Part[]): boolean {
  const [first, second] = parts
  if (first === undefined || second === undefined || second.pos === 'AUX') return false
  if (second.lower === 'to' && !BEFORE_TO.has(first.lower)) return false
  if (second.pos === 'PUNCT' || NO_COMMANDS.has(first.lower)) return false
  if (COMMANDS.has(first.lower)) return second.lower !== 'of'
  if (first.lower === 'be') return second.pos === 'ADJ'
  return isBase(first) && first.pos === 'VERB' && FOLLOWS_COMMAND.has(second.pos)
}
