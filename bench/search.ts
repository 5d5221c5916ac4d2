import { createMessageIndex } from '../functions/src/search/message-index.ts'
import { readMessage } from '../functions/src/conversations/read-message.ts'
import type { CallRecord } from '../functions/src/calls/schema.ts'
import { milliseconds, quantile } from './statistics.ts'

/**
 * What searching costs: memory and time for an index of so many messages (first argument, 100,000 unless given) in
 * conversations of twenty, with words as often as they are in speech, in four scripts. Run it with `--expose-gc`.
 */
const COUNT = Number(process.argv[2] ?? 100_000)
const PER_CONVERSATION = 20
const VOCABULARY = 20_000

let seed = 42
const random = (): number => {
  seed = (seed * 1_664_525 + 1_013_904_223) % 4_294_967_296
  return seed / 4_294_967_296
}
const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T

const SYLLABLES = {
  latin: [
    'ka',
    'ro',
    'pe',
    'sca',
    'fol',
    'din',
    'ta',
    'mi',
    'lo',
    'ven',
    'gra',
    'shu',
    'ter',
    'bel',
    'on',
    'ix',
  ],
  devanagari: ['क', 'मा', 'री', 'चो', 'ट', 'ल', 'गी', 'सी', 'ढ़ी', 'पा', 'नी', 'में'],
  arabic: ['ال', 'مس', 'عد', 'تي', 'نف', 'سي', 'ري', 'قب', 'لا', 'حر'],
  han: ['火', '事', '三', '階', '救', '急', '車', '助', '血', '人', '落', '下'],
}
const wordsOf = (script: keyof typeof SYLLABLES): string[] =>
  Array.from({ length: VOCABULARY / 4 }, () =>
    Array.from({ length: 1 + Math.floor(random() * 4) }, () => pick(SYLLABLES[script])).join(''),
  )
const vocabulary = {
  latin: [...wordsOf('latin'), ...wordsOf('latin')],
  devanagari: wordsOf('devanagari'),
  arabic: wordsOf('arabic'),
  han: wordsOf('han'),
}
/** As in speech: the n-th most frequent word comes up about 1/n as often as the first. */
const word = (list: readonly string[]): string =>
  list[Math.floor(list.length ** random()) - 1] ?? list[0] ?? ''
function sentence(): string {
  const script = random() < 0.7 ? 'latin' : pick(['devanagari', 'arabic', 'han'] as const)
  const length = 4 + Math.floor(random() * 16)
  return Array.from({ length }, () => word(vocabulary[script])).join(script === 'han' ? '' : ' ')
}

const call = { worker_id: 'w', admin_id: null, status: 'ENDED', urgency: 'LOW' } as CallRecord
const contents = Array.from({ length: COUNT }, sentence)
const stored = (content: string, at: number) =>
  readMessage(`m${at}`, { role: 'user', content, timestamp: '2025-10-03T06:28:04Z', received_at: at }, COUNT)

globalThis.gc?.()
const before = process.memoryUsage().heapUsed
const index = createMessageIndex()
const started = performance.now()
for (let at = 0; at < COUNT; at += PER_CONVERSATION) {
  const messages = contents.slice(at, at + PER_CONVERSATION).flatMap((each, i) => stored(each, at + i) ?? [])
  const conversationId = `conv_${at}`
  index.put({ conversationId, callId: `call_${at}`, call, archived: true }, messages)
}
const took = performance.now() - started
globalThis.gc?.()
const bytes = process.memoryUsage().heapUsed - before
const MIB = 2 ** 20
process.stdout.write(
  `${COUNT} messages, size ${index.size}: ${(bytes / MIB).toFixed(0)} MiB, ${(bytes / index.size).toFixed(0)} B a unit, ` +
    `${(COUNT / (took / 1_000)).toFixed(0)} messages/s taken in\n`,
)

const misspell = (text: string): string => `${text.slice(0, 2)}x${text.slice(3)}`
const kinds = {
  'the most frequent word': () => vocabulary.latin[0] ?? '',
  'any word': () => word(vocabulary.latin),
  'two words': () => `${word(vocabulary.latin)} ${word(vocabulary.latin)}`,
  'a misspelt word': () => misspell(vocabulary.latin[5_000 + Math.floor(random() * 500)] ?? ''),
  'two letters of a word': () => word(vocabulary.latin).slice(0, 2),
  Devanagari: () => word(vocabulary.devanagari),
  'Chinese characters': () => word(vocabulary.han),
}
for (const [kind, query] of Object.entries(kinds)) {
  let found = 0
  const times = Array.from({ length: 60 }, () => {
    const asked = query()
    const from = performance.now()
    found += index.search(asked, () => true).length
    return performance.now() - from
  })
  process.stdout.write(
    `${kind.padEnd(24)} median ${milliseconds(quantile(times, 0.5))}, p95 ${milliseconds(quantile(times, 0.95))}, ` +
      `${(found / times.length).toFixed(0)} hits\n`,
  )
}
