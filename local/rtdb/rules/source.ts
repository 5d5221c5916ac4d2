import { RulesError } from './rules-error.ts'

/** One member of an object in the rules text. */
export interface SourceEntry {
  key: string
  line: number
  value: SourceValue
}

/** A value of the rules text that still knows the line it stands on (from 1). */
export type SourceValue =
  | { kind: 'object'; line: number; entries: SourceEntry[] }
  | { kind: 'array'; line: number; items: SourceValue[] }
  | { kind: 'string'; line: number; text: string }
  | { kind: 'literal'; line: number; value: boolean | number | null }

const maxSourceLength = 1024 * 1024
/** Data is 32 levels deep at most, so a deeper rules tree can only be a mistake. */
const maxDepth = 64

const blank = /(?:[ \t\r\n\uFEFF]|\/\/[^\n]*|\/\*[^]*?\*\/)*/y
// Unlike JSON, rules may break a string over several lines.
const string = /"(?:[^"\\]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y
const literalToken = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y

/**
 * Reads a rules file: JSON with `//` and block comments and with line breaks inside strings (notes section 5).
 *
 * @throws {RulesError} naming the line, for anything that is not such a text, for a repeated key, and for texts that
 * are too long or too deep.
 */
export function parseRulesSource(source: string): SourceValue {
  if (source.length > maxSourceLength) {
    throw new RulesError(`The rules are longer than ${maxSourceLength} characters.`, 1)
  }
  const reader = new SourceReader(source)
  const value = reader.value(0)
  reader.end()
  return value
}

class SourceReader {
  readonly #source: string
  #at = 0
  #line = 1

  constructor(source: string) {
    this.#source = source
  }

  value(depth: number): SourceValue {
    if (depth > maxDepth) this.#fail(`The rules are nested deeper than ${maxDepth} levels.`)
    const next = this.#peek()
    const line = this.#line
    if (next === '{') return { kind: 'object', line, entries: this.#entries(depth) }
    if (next === '[') return { kind: 'array', line, items: this.#items(depth) }
    if (next === '"') return { kind: 'string', line, text: this.#string() }
    const literal = this.#match(literalToken)
    if (literal === undefined) return this.#unexpected('a value')
    return { kind: 'literal', line, value: JSON.parse(literal) as boolean | number | null }
  }

  end(): void {
    if (this.#peek() !== '') this.#unexpected('the end of the rules')
  }

  #entries(depth: number): SourceEntry[] {
    const entries: SourceEntry[] = []
    const seen = new Set<string>()
    this.#take('{')
    if (this.#peek() === '}') return this.#close('}', entries)
    for (;;) {
      if (this.#peek() !== '"') this.#unexpected('a key in double quotes')
      const line = this.#line
      const key = this.#string()
      if (seen.has(key)) throw new RulesError(`The key ${JSON.stringify(key)} is repeated.`, line)
      seen.add(key)
      this.#take(':')
      entries.push({ key, line, value: this.value(depth + 1) })
      if (this.#peek() !== ',') return this.#close('}', entries)
      this.#take(',')
    }
  }

  #items(depth: number): SourceValue[] {
    const items: SourceValue[] = []
    this.#take('[')
    if (this.#peek() === ']') return this.#close(']', items)
    for (;;) {
      items.push(this.value(depth + 1))
      if (this.#peek() !== ',') return this.#close(']', items)
      this.#take(',')
    }
  }

  #close<Result>(bracket: string, result: Result): Result {
    this.#take(bracket)
    return result
  }

  #string(): string {
    const text = this.#match(string)
    if (text === undefined) return this.#fail('This string is not closed, or has an unknown escape.')
    const escapeControl = (control: string) => `\\u${control.charCodeAt(0).toString(16).padStart(4, '0')}`
    // oxlint-disable-next-line no-control-regex -- raw control characters are exactly what JSON.parse refuses
    return JSON.parse(text.replaceAll(/[\u0000-\u001f]/g, escapeControl)) as string
  }

  #take(expected: string): void {
    if (this.#peek() !== expected) this.#unexpected(`'${expected}'`)
    this.#at += 1
  }

  /** The next significant character, or the empty string at the end. */
  #peek(): string {
    this.#match(blank)
    return this.#source.charAt(this.#at)
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at
    const text = pattern.exec(this.#source)?.[0]
    if (text === undefined) return undefined
    this.#at += text.length
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) this.#line += 1
    return text
  }

  #unexpected(wanted: string): never {
    const found = this.#source.charAt(this.#at)
    return this.#fail(`Expected ${wanted}, found ${found === '' ? 'the end of the rules' : `'${found}'`}.`)
  }

  #fail(reason: string): never {
    throw new RulesError(reason, this.#line)
  }
}

/** The rules as plain JSON, without comments and line breaks in strings. @throws {RulesError} */
export function rulesToJson(source: string): unknown {
  return toJson(parseRulesSource(source))
}

function toJson(value: SourceValue): unknown {
  if (value.kind === 'string') return value.text
  if (value.kind === 'literal') return value.value
  if (value.kind === 'array') return value.items.map(toJson)
  return Object.fromEntries(value.entries.map((entry) => [entry.key, toJson(entry.value)]))
}
