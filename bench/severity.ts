import { urgencyFloor } from '../functions/src/severity/urgency-floor.ts'
import { labelled } from './severity-sentences.ts'
import { milliseconds, quantile } from './statistics.ts'

/**
 * How well the urgency floor does on sentences labelled by ourselves, and what it costs for the longest message that
 * the rules let a worker write. Prints every sentence that it gets wrong.
 */
const RANK = { NOTHING: 0, LOW: 1, MEDIUM: 2, HIGH: 3, CRITICAL: 4 } as const
type Label = keyof typeof RANK
const NOTHING = 'NOTHING' as const

const cases = Object.entries(labelled).flatMap(([label, lines]) =>
  lines
    .trim()
    .split('\n')
    .map((line) => ({ label: label as Label, text: line.trim() })),
)
const judged = cases.map(({ label, text }) => ({ label, text, got: urgencyFloor(text).floor ?? NOTHING }))

function summary(level: 'CRITICAL' | 'HIGH' | 'MEDIUM'): string {
  const isAtLeast = (label: Label): boolean => RANK[label] >= RANK[level]
  const found = judged.filter(({ got }) => isAtLeast(got))
  const wanted = judged.filter(({ label }) => isAtLeast(label))
  const right = found.filter(({ label }) => isAtLeast(label)).length
  const share = (of: number): string => (of === 0 ? 'none' : `${((100 * right) / of).toFixed(1)} %`)
  return `${level.padEnd(8)} or more: precision ${share(found.length)} of ${found.length}, recall ${share(wanted.length)} of ${wanted.length}`
}

const LONGEST = 4_000
const longest = {
  'quiet English': 'the delivery for the north gate arrives tomorrow at nine with two pallets ',
  'nothing but cues': 'he is not breathing and bleeding heavily, there is a fire in the hall, ',
  'misspelt words': 'breathinx collapxed exploxion ',
  Hindi: 'सांस नहीं ले रहा है आग लग गई ',
}
function time(words: string): string {
  const text = words.repeat(LONGEST / words.length + 1).slice(0, LONGEST)
  const once = (): number => {
    const start = performance.now()
    urgencyFloor(text)
    return performance.now() - start
  }
  // Until it is compiled.
  for (let round = 0; round < 200; round += 1) once()
  const samples = Array.from({ length: 500 }, once)
  return `median ${milliseconds(quantile(samples, 0.5))}, 99 % ${milliseconds(quantile(samples, 0.99))}`
}

const wrong = judged.filter(({ label, got }) => label !== got)
process.stdout.write(
  [
    `${judged.length} sentences, written and labelled by ourselves: a guard against regressions, no claim about real messages`,
    ...(['CRITICAL', 'HIGH', 'MEDIUM'] as const).map(summary),
    ...wrong.map(({ label, got, text }) => `  ${label} taken for ${got}: ${text}`),
    `A message of ${LONGEST} characters:`,
    ...Object.entries(longest).map(([name, words]) => `  ${name}: ${time(words)}`),
    '',
  ].join('\n'),
)
