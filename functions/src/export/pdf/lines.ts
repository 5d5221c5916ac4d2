import type { Typeface } from './fonts.ts'
import { type Unit, unitsOf } from './units.ts'

/** Neighbours on a line that are drawn in one go, left of what follows. `text` is in the order of reading. */
export interface Run {
  typeface: Typeface
  /** What the font lays out, in the order of reading for shaped scripts, and from left to right for others. */
  drawn: string
  text: string
  isRightToLeft: boolean
  width: number
}

export interface Line {
  runs: Run[]
  width: number
  /** Its paragraph begins at the right. */
  isRightToLeft: boolean
}

/** Breaks text into lines of at most `width` points and puts each into the order in which it is seen. */
export function linesOf(text: string, size: number, width: number): Line[] {
  return text.split(/\r\n|[\n\r\u2028\u2029\u0085]/u).flatMap((paragraph) => {
    const { units, baseLevel } = unitsOf(paragraph)
    const isRightToLeft = baseLevel % 2 === 1
    return broken(units, size, width).map((line) => arrange(trimmed(line), size, isRightToLeft))
  })
}

function broken(units: readonly Unit[], size: number, width: number): Unit[][] {
  const lines: Unit[][] = []
  let line: Unit[] = []
  let filled = 0
  for (const word of wordsOf(units)) {
    const wide = widthOf(word, size)
    if (line.length > 0 && filled + wide > width) {
      lines.push(line)
      line = []
      filled = 0
    }
    if (wide <= width) {
      line.push(...word)
      filled += wide
      continue
    }
    for (const unit of word) {
      const each = widthOf([unit], size)
      if (line.length > 0 && filled + each > width) {
        lines.push(line)
        line = []
        filled = 0
      }
      line.push(unit)
      filled += each
    }
  }
  return [...lines, line]
}

function wordsOf(units: readonly Unit[]): Unit[][] {
  const words: Unit[][] = [[]]
  for (const unit of units) {
    words.at(-1)?.push(unit)
    if (unit.breaksAfter) words.push([])
  }
  return words.filter((word) => word.length > 0)
}

function trimmed(line: readonly Unit[]): Unit[] {
  const last = line.findLastIndex(({ isSpace }) => !isSpace)
  return line.slice(0, last + 1)
}

const widthOf = (units: readonly Unit[], size: number): number =>
  logicalRuns(trimmed(units)).reduce((sum, run) => sum + runWidth(run, size), 0) +
  units.filter(({ isSpace }, at) => isSpace && at > units.findLastIndex((each) => !each.isSpace)).length *
    size *
    0.26

type LogicalRun = readonly [Unit, ...Unit[]]

/** Neighbours of one font and one direction. */
function logicalRuns(units: readonly Unit[]): LogicalRun[] {
  const runs: [Unit, ...Unit[]][] = []
  for (const unit of units) {
    const run = runs.at(-1)
    if (run && run[0].typeface === unit.typeface && run[0].level === unit.level) run.push(unit)
    else runs.push([unit])
  }
  return runs
}

function drawnOf(run: LogicalRun): string {
  const [{ level, typeface }] = run
  const isReversed = level % 2 === 1 && typeface.drawnAs === 'text'
  return (isReversed ? run.toReversed() : run).map(({ drawn }) => drawn).join('')
}

/** Words come again and again, and shaping one costs more than all else; em by what is drawn. */
const measured = new Map<string, number>()
const MAX_MEASURED = 50_000

function runWidth(run: LogicalRun, size: number): number {
  const [{ typeface, level }] = run
  const direction = level % 2 === 1 && typeface.drawnAs === 'outlines' ? 'rtl' : 'ltr'
  const drawn = drawnOf(run)
  const key = `${typeface.name} ${direction} ${drawn}`
  const known = measured.get(key)
  if (known !== undefined) return known * size
  const { font } = typeface
  const { advanceWidth } = font.layout(drawn, undefined, undefined, undefined, direction)
  const width = advanceWidth / font.unitsPerEm
  if (measured.size >= MAX_MEASURED) measured.clear()
  measured.set(key, width)
  return width * size
}

/** From left to right, as rule L2 of the bidirectional algorithm has it. */
function arrange(units: readonly Unit[], size: number, isRightToLeft: boolean): Line {
  let runs = logicalRuns(units)
  const levels = runs.map(([{ level }]) => level)
  for (let level = Math.max(0, ...levels); level >= 1; level -= 1) runs = reversedFrom(runs, level)
  const seen = runs.map((run) => ({
    typeface: run[0].typeface,
    drawn: drawnOf(run),
    text: run.map(({ text }) => text).join(''),
    isRightToLeft: run[0].level % 2 === 1,
    width: runWidth(run, size),
  }))
  return { runs: seen, width: seen.reduce((sum, run) => sum + run.width, 0), isRightToLeft }
}

/** Turns every stretch of runs around that are of this level or a higher one. */
function reversedFrom(runs: readonly LogicalRun[], level: number): LogicalRun[] {
  const turned: LogicalRun[] = []
  let stretch: LogicalRun[] = []
  for (const run of runs) {
    if (run[0].level >= level) stretch.unshift(run)
    else {
      turned.push(...stretch, run)
      stretch = []
    }
  }
  return [...turned, ...stretch]
}
