import { characterClass, complement, literalSet } from './character-set.ts'
import type { CharacterSet } from './character-set.ts'

/** The syntax tree of a rules regular expression. */
export type Pattern =
  | { kind: 'character'; set: CharacterSet }
  | { kind: 'sequence'; items: Pattern[] }
  | { kind: 'choice'; options: Pattern[] }
  | { kind: 'repeat'; item: Pattern; min: number; max: number }
  | { kind: 'start' }
  | { kind: 'end' }

/** Why a regular expression is outside the dialect of the rules. */
export class PatternError extends Error {}

const quantifier = /\*|\+|\?|\{(\d{1,5})(?:(,)(\d{1,5})?)?\}/y
const controls = new Map([
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['f', '\f'],
  ['v', '\v'],
])
const maxGroupDepth = 50

/**
 * Parses the dialect of the rules (notes section 5): literals, `.`, sets, the classes `\s \w \d` and their opposites,
 * groups, choices and quantifiers; `^` and `$` at the ends only; no empty alternative, look-around or back reference.
 *
 * @throws {PatternError} for anything else.
 */
export function parsePattern(source: string): Pattern {
  return new PatternReader(source).pattern()
}

class PatternReader {
  readonly #source: string
  #at = 0
  #depth = 0

  constructor(source: string) {
    this.#source = source
  }

  pattern(): Pattern {
    const tree = this.#choice()
    if (this.#at < this.#source.length) throw new PatternError(`unmatched '${this.#peek()}'`)
    return tree
  }

  #choice(): Pattern {
    const options = [this.#sequence()]
    while (this.#peek() === '|') {
      this.#at += 1
      options.push(this.#sequence())
    }
    return options.length === 1 ? options[0]! : { kind: 'choice', options }
  }

  #sequence(): Pattern {
    const items: Pattern[] = []
    let consuming = 0
    while (this.#at < this.#source.length && this.#peek() !== '|' && this.#peek() !== ')') {
      const anchor = this.#anchor()
      if (anchor === undefined) consuming += 1
      items.push(anchor ?? this.#quantified())
    }
    if (consuming === 0) throw new PatternError('an alternative is empty')
    return { kind: 'sequence', items }
  }

  #anchor(): Pattern | undefined {
    const character = this.#peek()
    if (character !== '^' && character !== '$') return undefined
    const only = character === '^' ? 0 : this.#source.length - 1
    if (this.#at !== only) throw new PatternError(`'${character}' is only allowed at the ends`)
    this.#at += 1
    return { kind: character === '^' ? 'start' : 'end' }
  }

  #quantified(): Pattern {
    const item = this.#item()
    const bounds = this.#quantifier()
    if (bounds === undefined) return item
    if (this.#quantifier() !== undefined) throw new PatternError('a quantifier follows a quantifier')
    return { kind: 'repeat', item, ...bounds }
  }

  #quantifier(): { min: number; max: number } | undefined {
    quantifier.lastIndex = this.#at
    const match = quantifier.exec(this.#source)
    if (match === null) return undefined
    this.#at += match[0].length
    if (match[0] === '*') return { min: 0, max: Infinity }
    if (match[0] === '+') return { min: 1, max: Infinity }
    if (match[0] === '?') return { min: 0, max: 1 }
    const min = Number(match[1])
    const max = match[3] === undefined ? (match[2] === undefined ? min : Infinity) : Number(match[3])
    if (max < min) throw new PatternError('a repetition ends below its start')
    return { min, max }
  }

  #item(): Pattern {
    const character = this.#next()
    if (character === '(') return this.#group()
    if (character === '[') return { kind: 'character', set: this.#set() }
    if (character === '.') return { kind: 'character', set: characterClass('.')! }
    if (character === '\\') return { kind: 'character', set: this.#escape() }
    if ('*+?{}])'.includes(character)) throw new PatternError(`'${character}' has to be escaped`)
    return { kind: 'character', set: literalSet(character) }
  }

  #group(): Pattern {
    if (this.#peek() === '?') throw new PatternError("groups that begin with '?' are not supported")
    this.#depth += 1
    if (this.#depth > maxGroupDepth) throw new PatternError('the groups are nested too deep')
    const inner = this.#choice()
    this.#depth -= 1
    if (this.#peek() !== ')') throw new PatternError('a group is not closed')
    this.#at += 1
    return inner
  }

  #set(): CharacterSet {
    const negated = this.#peek() === '^'
    if (negated) this.#at += 1
    const ranges: (readonly [number, number])[] = []
    while (this.#peek() !== ']') {
      const low = this.#setMember()
      if (this.#peek() !== '-' || this.#source.charAt(this.#at + 1) === ']') {
        ranges.push(...low)
        continue
      }
      this.#at += 1
      const high = this.#setMember()
      const from = singleCharacter(low)
      const to = singleCharacter(high)
      if (from === undefined || to === undefined || to < from)
        throw new PatternError('a range is out of order')
      ranges.push([from, to])
    }
    this.#at += 1
    if (ranges.length === 0) throw new PatternError('a set is empty')
    return { ranges, negated }
  }

  #setMember(): CharacterSet['ranges'] {
    if (this.#at >= this.#source.length) throw new PatternError('a set is not closed')
    const character = this.#next()
    const set = character === '\\' ? this.#escape() : literalSet(character)
    return set.negated ? complement(set.ranges) : set.ranges
  }

  #escape(): CharacterSet {
    const character = this.#next()
    if (character === '') throw new PatternError('a backslash stands at the end')
    const known = characterClass(`\\${character}`)
    if (known !== undefined) return known
    const control = controls.get(character)
    if (control !== undefined) return literalSet(control)
    if (/[a-z0-9]/i.test(character)) throw new PatternError(`'\\${character}' is not supported`)
    return literalSet(character)
  }

  #peek(): string {
    return this.#source.charAt(this.#at)
  }

  #next(): string {
    const character = this.#peek()
    this.#at += 1
    return character
  }
}

function singleCharacter(ranges: CharacterSet['ranges']): number | undefined {
  const [first, ...others] = ranges
  return first !== undefined && others.length === 0 && first[0] === first[1] ? first[0] : undefined
}
