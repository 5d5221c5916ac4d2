import { type FoundProcedure, NEAR, type ProcedureIndex } from '../procedures/find-procedures.ts'
import type { Procedure, ProcedureText } from '../procedures/schema.ts'
import type { Step } from './keep-grounded.ts'
import { FRAMES, type Language, asksAgain, languageOf } from './words.ts'

/** Of several procedures that fit, more would be too long to read in danger. */
const MAX_PROCEDURES = 2
/** Of a procedure that was given just before, so many steps remind of it. */
const REMINDER_STEPS = 3

/** A procedure in the language that is answered in. */
interface Part {
  procedure: Procedure
  title: string
  steps: Step[]
  avoid: Step[]
}

/** What to answer. `unknown`: no procedure fits. `silent`: that was said just before, and saying it again helps nobody. */
export type Answer =
  | { kind: 'steps'; language: Language; parts: Part[]; isReminder: boolean; sources: string }
  | { kind: 'unknown'; language: Language }
  | { kind: 'silent' }

interface Said {
  /** What the worker wrote and nobody has answered. */
  burst: string
  /** What they wrote before that. */
  before: string
  /** The `sources` of the assistant's last message; null while it has said nothing. */
  lastSources: string | null
}

/** What to answer a worker, by the procedures alone. */
export function chooseAnswer(index: ProcedureIndex, { burst, before, lastSources }: Said): Answer {
  const language = languageOf(burst)
  const isAsking = asksAgain(burst)
  const direct = pick(index, burst)
  // "Be more clear" is about what was written before.
  const procedures = direct.length > 0 || !isAsking ? direct : pick(index, before)
  if (procedures.length === 0) {
    return lastSources === '' ? { kind: 'silent' } : { kind: 'unknown', language }
  }
  const sources = procedures.map(sourceOf).join(', ')
  const isReminder = sources === lastSources && !isAsking
  // One language for the whole answer: that of the worker where every procedure has it.
  const has = procedures.every(({ translations }) => translations.some((each) => each.language === language))
  const spoken = has ? language : 'en'
  const parts = procedures.map((procedure, at) => toPart(procedure, spoken, at, isReminder))
  return { kind: 'steps', language: spoken, parts, isReminder, sources }
}

/** The best, and of what fits as well what kills soonest; that first. */
function pick(index: ProcedureIndex, text: string): Procedure[] {
  const found = index.find(text)
  const [best] = found
  if (best === undefined) return []
  // What kills sooner need not be so near, where something is said of it that the best has nothing to do with.
  const isSooner = ({ procedure, plain }: FoundProcedure): boolean =>
    procedure.priority < best.procedure.priority && plain.some((term) => !best.terms.includes(term))
  const others = found
    .slice(1)
    .filter((each) => isSooner(each) || each.score >= best.score * NEAR)
    .toSorted(bySpeed)
  return [best, ...others]
    .slice(0, MAX_PROCEDURES)
    .toSorted(bySpeed)
    .map(({ procedure }) => procedure)
}

/** What kills soonest first. */
const bySpeed = (a: FoundProcedure, b: FoundProcedure): number => a.procedure.priority - b.procedure.priority

/** As a source is named: a comma would make two of it. */
const sourceOf = ({ procedure_id, title, version }: Procedure): string =>
  `${title.replaceAll(',', ';')} (${procedure_id} v${version})`

function toPart(procedure: Procedure, language: Language, at: number, isReminder: boolean): Part {
  const text: ProcedureText = procedure.translations.find((each) => each.language === language) ?? procedure
  const numbered = (kind: string, lines: readonly string[]): Step[] =>
    lines.map((line, place) => ({ id: `${'AB'[at] ?? 'C'}${kind}${place + 1}`, text: line }))
  return {
    procedure,
    title: text.title,
    steps: numbered('s', text.steps).slice(0, isReminder ? REMINDER_STEPS : undefined),
    avoid: isReminder ? [] : numbered('n', text.avoid),
  }
}

/** The message, a line each step. `wording`: the steps as they are to be said, by their id. */
export function toMessage(
  answer: Exclude<Answer, { kind: 'silent' }>,
  wording: ReadonlyMap<string, string>,
): string {
  const { who, repeat, first, unknown } = FRAMES[answer.language]
  if (answer.kind === 'unknown') return `${who} ${unknown}`
  const say = ({ id, text }: Step): string => wording.get(id) ?? text
  const lines = answer.parts.flatMap(({ title, steps, avoid }) => [
    '',
    title,
    ...steps.map((step, at) => `${at + 1}. ${say(step)}`),
    ...avoid.map((step) => `✕ ${say(step)}`),
  ])
  return [who, ...(answer.isReminder ? [repeat] : []), ...lines, '', first].join('\n').slice(0, MAX_MESSAGE)
}

/** What the rules let a message hold. */
const MAX_MESSAGE = 4_000
