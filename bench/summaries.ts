import { readdirSync } from 'node:fs'
import path from 'node:path'
import { summarizeOffline } from '../functions/src/models/offline/summarize.ts'
import { retell } from '../functions/src/models/offline/retell.ts'
import type { SummaryStyle } from '../functions/src/models/offline/settings.ts'
import { readTranscript } from '../functions/src/models/offline/transcript.ts'
import { whoSpeaks } from '../functions/src/models/offline/who-speaks.ts'
import { meanRouge, type Rouge, rouge } from './rouge.ts'
import { readSet, type Referenced } from './summary-sets.ts'
import { textRank } from './text-rank.ts'

/**
 * ROUGE of the offline summaries beside plain methods, and how many short dialogues one core summarizes in a second. Takes the
 * folders that hold the data: `*.jsonl`, a line as summary-sets.ts says. What a set holds is told by its name; one that
 * is not known is read as everyday dialogue.
 */
const STYLE: readonly (readonly [name: RegExp, style: SummaryStyle, length: 'brief' | 'detailed'])[] = [
  [/^mts-dialog/, 'clinical', 'brief'],
  [/^aci-bench/, 'clinical', 'detailed'],
  [/^qmsum/, 'meeting', 'brief'],
]
/** Conversations up to so many words count as short. */
const SHORT = 200
/** So long everything runs before it is timed. */
const WARM_MS = 2_000

const folders = process.argv.slice(2)
if (folders.length === 0) {
  process.stderr.write('usage: npm run bench:summaries -- <folder with *.jsonl>...\n')
  process.exit(1)
}

type Method = (conversation: Referenced) => string

const firstThree: Method = ({ messages }) =>
  readTranscript(messages)
    .sentences.slice(0, 3)
    .map(({ text }) => text)
    .join(' ')
const firstThreeRetold: Method = ({ messages }) => {
  const transcript = readTranscript(messages)
  return transcript.sentences
    .map((sentence) => retell(sentence, whoSpeaks(sentence, transcript)))
    .filter((told) => told !== null)
    .slice(0, 3)
    .join(' ')
}
const wordsOf = (text: string): number => text.split(/\s+/).length

/** The first words and the graph method get as many words as ours has used. */
const methodsFor = (style: SummaryStyle, length: 'brief' | 'detailed'): Record<string, Method> => {
  const ours: Method = ({ messages }) => summarizeOffline(messages, { style, length }).text
  return {
    'first three sentences': firstThree,
    'first three, in the third person': firstThreeRetold,
    'first words, as many as ours': (conversation) =>
      readTranscript(conversation.messages)
        .sentences.map(({ text }) => text)
        .join(' ')
        .split(' ')
        .slice(0, wordsOf(ours(conversation)))
        .join(' '),
    'TextRank, as many words as ours': (conversation) =>
      textRank(readTranscript(conversation.messages).sentences, wordsOf(ours(conversation))),
    [`ours (${style}, ${length})`]: ours,
    'ours (dialogue, brief)': ({ messages }) => summarizeOffline(messages).text,
  }
}

const score = (summary: string, references: readonly string[]): Rouge =>
  meanRouge(references.map((reference) => rouge(summary, reference)))
const percent = (share: number): string => (100 * share).toFixed(1).padStart(5)

function table(file: string, conversations: readonly Referenced[]): string[] {
  const [, style, length] = STYLE.find(([name]) => name.test(file)) ?? [
    /./,
    'dialogue' as const,
    'brief' as const,
  ]
  const rows = Object.entries(methodsFor(style, length)).map(([name, method]) => {
    const summaries = conversations.map(method)
    const { one, two, l } = meanRouge(
      conversations.map(({ references }, at) => score(summaries[at] ?? '', references)),
    )
    const words = summaries.reduce((sum, text) => sum + wordsOf(text), 0) / conversations.length
    return `  ${name.padEnd(34)}${percent(one)}  ${percent(two)}  ${percent(l)}   ${words.toFixed(0).padStart(4)}`
  })
  return [`${file} (${conversations.length})`.padEnd(36) + '  R-1    R-2    R-L  words', ...rows]
}

function speed(conversations: readonly Referenced[]): string {
  const short = conversations.filter(
    ({ messages }) => messages.reduce((sum, { content }) => sum + wordsOf(content), 0) <= SHORT,
  )
  const pass = (): void => short.forEach(({ messages }) => summarizeOffline(messages))
  // Until it is compiled.
  const warm = performance.now()
  while (performance.now() - warm < WARM_MS) pass()
  // Of the processor, not of the clock: what else the machine does is no part of it.
  const before = process.cpuUsage()
  pass()
  const { user, system } = process.cpuUsage(before)
  const seconds = (user + system) / 1_000_000
  return `${(short.length / seconds).toFixed(0)} dialogues of up to ${SHORT} words a second of one core (${short.length} of them)`
}

const sets = folders.flatMap((folder) =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.jsonl'))
    .map((file) => [file, readSet(path.join(folder, file))] as const),
)
const report = sets.flatMap(([file, conversations]) => [...table(file, conversations), ''])
process.stdout.write(
  [
    'ROUGE F1 against the references, mean over them. It guards against regressions; it is no claim of quality.',
    '',
    ...report,
    speed(sets.flatMap(([, conversations]) => conversations)),
    '',
  ].join('\n'),
)
