import { includesCharacter } from './character-set.ts'
import type { CharacterSet } from './character-set.ts'
import { parsePattern, PatternError } from './parse-pattern.ts'
import type { Pattern } from './parse-pattern.ts'

type Instruction =
  | { kind: 'character'; set: CharacterSet }
  | { kind: 'split'; targets: number[] }
  | { kind: 'start' }
  | { kind: 'end' }
  | { kind: 'accept' }

const maxInstructions = 20_000

/**
 * Compiles a rules regular expression to a test for "the text contains a match".
 *
 * The text decides nothing about the cost but its length: all alternatives advance together, one character at a time,
 * so there is no pattern such as `(a+)+$` with which a writer could stall the database.
 *
 * @throws {PatternError} when the expression is outside the dialect or unfolds to more than 20,000 steps.
 */
export function compilePattern(source: string, ignoreCase: boolean): (text: string) => boolean {
  const program: Instruction[] = []
  emit(program, parsePattern(source))
  program.push({ kind: 'accept' })
  return (text) => new Run(program, text, ignoreCase).matches()
}

function add(program: Instruction[], instruction: Instruction): void {
  if (program.length >= maxInstructions) throw new PatternError('its repetitions are too large')
  program.push(instruction)
}

function emit(program: Instruction[], pattern: Pattern): void {
  if (pattern.kind === 'sequence') {
    for (const item of pattern.items) emit(program, item)
  } else if (pattern.kind === 'choice') {
    emitChoice(program, pattern.options)
  } else if (pattern.kind === 'repeat') {
    emitRepeat(program, pattern.item, pattern.min, pattern.max)
  } else {
    add(program, pattern)
  }
}

function emitChoice(program: Instruction[], options: readonly Pattern[]): void {
  const entry = { kind: 'split' as const, targets: [] as number[] }
  const exits: { targets: number[] }[] = []
  add(program, entry)
  for (const option of options) {
    entry.targets.push(program.length)
    emit(program, option)
    const exit = { kind: 'split' as const, targets: [] as number[] }
    exits.push(exit)
    add(program, exit)
  }
  for (const exit of exits) exit.targets.push(program.length)
}

function emitRepeat(program: Instruction[], item: Pattern, min: number, max: number): void {
  if (isEmpty(item)) return
  for (let count = 0; count < min; count += 1) emit(program, item)
  if (max === Infinity) {
    const loop = { kind: 'split' as const, targets: [program.length + 1] }
    const start = program.length
    add(program, loop)
    emit(program, item)
    add(program, { kind: 'split', targets: [start] })
    loop.targets.push(program.length)
    return
  }
  const skips: { targets: number[] }[] = []
  for (let count = min; count < max; count += 1) {
    const skip = { kind: 'split' as const, targets: [program.length + 1] }
    skips.push(skip)
    add(program, skip)
    emit(program, item)
  }
  for (const skip of skips) skip.targets.push(program.length)
}

/** Whether a pattern unfolds to nothing, as `a{0}` does: repeating it often would be work without an end. */
function isEmpty(pattern: Pattern): boolean {
  if (pattern.kind === 'repeat') return pattern.max === 0 || isEmpty(pattern.item)
  return pattern.kind === 'sequence' && pattern.items.every(isEmpty)
}

/** One pass over one text: the set of instructions that are waiting for the next character, advanced together. */
class Run {
  readonly #program: readonly Instruction[]
  readonly #text: string
  readonly #ignoreCase: boolean
  /** The position at which each instruction was last reached, so that none waits twice. */
  readonly #reachedAt: Int32Array
  #accepted = false

  constructor(program: readonly Instruction[], text: string, ignoreCase: boolean) {
    this.#program = program
    this.#text = text
    this.#ignoreCase = ignoreCase
    this.#reachedAt = new Int32Array(program.length).fill(-1)
  }

  matches(): boolean {
    const anchored = this.#program[0]?.kind === 'start'
    let waiting: number[] = []
    for (let position = 0; position <= this.#text.length; position += 1) {
      // A match may begin anywhere, so the beginning joins the race at every position.
      if (position === 0 || !anchored) this.#reach(0, position, waiting)
      if (this.#accepted) return true
      if (waiting.length === 0 && anchored) return false
      if (position < this.#text.length) waiting = this.#advance(waiting, position)
    }
    return this.#accepted
  }

  #advance(waiting: readonly number[], position: number): number[] {
    const unit = this.#text.charCodeAt(position)
    const next: number[] = []
    for (const index of waiting) {
      const instruction = this.#program[index]!
      if (instruction.kind !== 'character') continue
      if (includesCharacter(instruction.set, unit, this.#ignoreCase))
        this.#reach(index + 1, position + 1, next)
    }
    return next
  }

  #reach(start: number, position: number, waiting: number[]): void {
    const pending = [start]
    for (let index = pending.pop(); index !== undefined; index = pending.pop()) {
      if (this.#reachedAt[index] === position) continue
      this.#reachedAt[index] = position
      const instruction = this.#program[index]!
      if (instruction.kind === 'character') waiting.push(index)
      else if (instruction.kind === 'accept') this.#accepted = true
      else if (instruction.kind === 'split') pending.push(...instruction.targets)
      else if (position === (instruction.kind === 'start' ? 0 : this.#text.length)) pending.push(index + 1)
    }
  }
}
