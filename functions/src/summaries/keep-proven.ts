import type { TranscriptMessage } from '../models/offline/transcript.ts'
import type { SummaryContent } from './schema.ts'

const NUMBER = /\p{Nd}+(?:[.,:]\p{Nd}+)*/gu
/** A capital within a sentence: a name, in the scripts that have capitals. */
const NAME = /(?<=[\p{L}\p{N},;]\s)\p{Lu}[\p{L}’'-]+/gu

/**
 * A summary without what its messages do not prove: ids that do not exist are taken out, and with them whatever has no
 * other evidence; and a line is dropped whose numbers or names are in none of the messages that it cites. Models make
 * such things up, and somebody may act on them.
 */
export function keepProven(
  content: SummaryContent,
  transcript: readonly TranscriptMessage[],
): SummaryContent {
  const messages = new Map(transcript.map((message) => [message.message_id, message]))
  const speakers = [...new Set(transcript.map(({ speaker }) => speaker))].toSorted(
    (a, b) => b.length - a.length,
  )
  // Of `john_doe` a model may speak as John Doe.
  const called = new Set(speakers.flatMap(wordsOf))
  const cited = <T extends { evidence: string[] }>(items: readonly T[]): T[] =>
    items
      .map((item) => ({ ...item, evidence: [...new Set(item.evidence)].filter((id) => messages.has(id)) }))
      .filter(({ evidence }) => evidence.length > 0)
  const said = <T extends { text: string; evidence: string[] }>(items: readonly T[]): T[] =>
    cited(items).filter(({ text, evidence }) => {
      const source = evidence.map((id) => messages.get(id)?.content ?? '').join('\n')
      return isIn(withoutNames(text, speakers), source, called)
    })
  return {
    lines: said(content.lines),
    done: said(content.done),
    open_questions: said(content.open_questions),
    action_items: said(content.action_items),
    sentiment: content.sentiment,
    keywords: cited(content.keywords),
  }
}

/** The speakers may be named by every line, `user_1` as User_1 at its start: who said something is known. */
const withoutNames = (text: string, names: readonly string[]): string =>
  names.reduce(
    (rest, name) => (name === '' ? rest : rest.replaceAll(name, ' ').replaceAll(capitalized(name), ' ')),
    text,
  )

const capitalized = (name: string): string => `${name.charAt(0).toUpperCase()}${name.slice(1)}`

function isIn(text: string, source: string, called: ReadonlySet<string>): boolean {
  const numbers = new Set(source.match(NUMBER))
  const words = new Set(wordsOf(source))
  const names = (text.match(NAME) ?? []).flatMap(wordsOf)
  return (
    (text.match(NUMBER) ?? []).every((number) => numbers.has(number)) &&
    names.every((word) => words.has(word) || called.has(word) || NO_NAMES.has(word))
  )
}

const wordsOf = (text: string): string[] =>
  text
    .toLowerCase()
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .filter((word) => word !== '' && word !== 's')

/** Written with a capital and no name. */
const NO_NAMES: ReadonlySet<string> = new Set(['i', 'm', 've', 'll', 'd', 're'])
